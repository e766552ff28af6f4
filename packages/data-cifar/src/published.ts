// What is published of CIFAR-10's contents, and tells its files from others. There is an MD5 of the archive, none of the
// binary files in it.
import { TEST_FILE, TRAINING_FILES } from "./layout.ts";

export interface PublishedFacts {
  /** Images of each class, by file. */
  readonly classCounts: ReadonlyMap<string, readonly number[]>;
  /** Sums of all red, green and blue bytes: of the training files together, and of the test file. */
  readonly trainingSums: readonly number[];
  readonly testSums: readonly number[];
}

const TRAINING_COUNTS = [
  [1005, 974, 1032, 1016, 999, 937, 1030, 1001, 1025, 981],
  [984, 1007, 1010, 995, 1010, 988, 1008, 1026, 987, 985],
  [994, 1042, 965, 997, 990, 1029, 978, 1015, 961, 1029],
  [1003, 963, 1041, 976, 1004, 1021, 1004, 981, 1024, 983],
  [1014, 1014, 952, 1016, 997, 1025, 980, 977, 1003, 1022],
];

/**
 * The counts are what notebooks on the data set print of each batch; they add up to the 5,000 a class, and the 1,000 of
 * the test batch, that the authors state. The sums are the means that are used to normalise it, (0.49139967861519607,
 * 0.48215840839460783, 0.44653091444546567) in training and (0.4942142800245098, 0.4851313890165441,
 * 0.4504090927542892) in test, times 255 and the number of pixels: whole numbers.
 */
export const PUBLISHED: PublishedFacts = {
  classCounts: new Map([
    ...TRAINING_FILES.map((file, i) => [file, TRAINING_COUNTS[i] ?? []] as const),
    [TEST_FILE, Array<number>(10).fill(1000)] as const,
  ]),
  trainingSums: [6_415_714_204, 6_295_060_180, 5_829_907_619],
  testSums: [1_290_492_328, 1_266_775_083, 1_176_108_223],
};
