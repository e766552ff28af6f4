// The official files of CIFAR-10 and CIFAR-100 by their MD5. Sources: of the archives, the authors' page,
// https://www.cs.toronto.edu/~kriz/cifar.html; of the Python version's files, torchvision/datasets/cifar.py; of the binary
// version's, rai-project/dldataset, with which other loaders' lists agree. Of MATLAB's files none is published.
export interface OfficialFile {
  /** In its archive; by itself where it is one. */
  readonly name: string;
  /** The data set and the version of it. */
  readonly of: string;
  /** Hexadecimal. */
  readonly md5: string;
}

const listed = (of: string, files: Readonly<Record<string, string>>): readonly OfficialFile[] =>
  Object.entries(files).map(([name, md5]) => ({ name, of, md5 }));

export const OFFICIAL_FILES: readonly OfficialFile[] = [
  ...listed("CIFAR-10, binary version", {
    "cifar-10-binary.tar.gz": "c32a1d4ab5d03f1284b67883e8d87530",
    "data_batch_1.bin": "5dd7e06a14cb22eb9f671a540d1b7c25",
    "data_batch_2.bin": "5ea93a67294ea407fff1d09f752e9692",
    "data_batch_3.bin": "942cd6a4bcdd0dd3c604fbe906cb4421",
    "data_batch_4.bin": "ae636b3ba5c66a11e91e8cb52e771fcb",
    "data_batch_5.bin": "53f37980c15c3d472c316c40844f3f0d",
    "test_batch.bin": "803d5f7f4d78ea53de84dbe85f74fb6d",
  }),
  ...listed("CIFAR-10, Python version", {
    "cifar-10-python.tar.gz": "c58f30108f718f92721af3b95e74349a",
    data_batch_1: "c99cafc152244af753f735de768cd75f",
    data_batch_2: "d4bba439e000b95fd0a9bffe97cbabec",
    data_batch_3: "54ebc095f3ab1f0389bbae665268c751",
    data_batch_4: "634d18415352ddfa80567beed471001a",
    data_batch_5: "482c414d41f54cd18b22e5b47cb7c3cb",
    test_batch: "40351d587109b95175f43aff81a1287e",
    "batches.meta": "5ff9c542aee3614f3951f8cda6e48888",
  }),
  ...listed("CIFAR-10, MATLAB version", { "cifar-10-matlab.tar.gz": "70270af85842c9e89bb428ec9976c926" }),
  ...listed("CIFAR-100, binary version", {
    "cifar-100-binary.tar.gz": "03b5dce01913d631647c71ecec9e9cb8",
    "train.bin": "6172c7755cfe09b2fe270c85cebc1b15",
    "test.bin": "4499cfba6c016c1be1438163640a0898",
  }),
  ...listed("CIFAR-100, Python version", {
    "cifar-100-python.tar.gz": "eb9058c3a382ffc7106e4002c42a8d85",
    train: "16019d7e3df5f24257cddd939b257f8d",
    test: "f0ef6b0ae62326f3e7ffdfab6717acfc",
    meta: "7973b15100ade9c7d40fb424638fde48",
  }),
  ...listed("CIFAR-100, MATLAB version", { "cifar-100-matlab.tar.gz": "6a4bfa1dcd5c9453dda6bb54194911f4" }),
];
