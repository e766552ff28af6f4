import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { checkDataset } from "@trainscope/core";
import { describe, expect, it } from "vitest";
import { KNOWN_FORMATS } from "../contents/read-contents.ts";
import { CLASS_NAMES } from "../layout.ts";
import { cifar100Bytes, writeCifar100 } from "../testing/cifar100.ts";
import { temporaryFolder } from "../testing/official.ts";
import { loadData } from "./load-data.ts";

describe("CIFAR-100 in its binary version", () => {
  it("fine labels: 100 classes, a fifth trains, a fifth validates, and the test file tests", async () => {
    const folder = await writeCifar100(await temporaryFolder());
    const data = await loadData(folder, { trainOn: "batch1" });
    checkDataset(data);
    expect(data.name).toBe("CIFAR-100 (fine labels, a fifth of the training data)");
    expect([data.classNames.length, data.classNames[99]]).toEqual([100, "fine_99"]);
    expect([...data.train.labels]).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect([...data.validation.labels]).toEqual(Array.from({ length: 20 }, (_, i) => i + 20));
    expect(data.test.labels.length).toBe(20);
    expect([data.validation.images[0], data.validation.images.at(-1)]).toEqual([20, 39]);
  });

  it("coarse labels: 20 classes; all but a fiftieth trains", async () => {
    const folder = await writeCifar100(await temporaryFolder());
    const data = await loadData(folder, { trainOn: "all", labels: "coarse" });
    expect(data.name).toBe("CIFAR-100 (coarse labels, all training data)");
    expect([data.classNames.length, data.classNames[0]]).toEqual([20, "coarse_0"]);
    expect([data.train, data.validation].map(({ labels }) => labels.length)).toEqual([98, 2]);
    expect(data.train.labels[97]).toBe(19);
  });

  it("in a subfolder, and under other names: the bytes tell what it is", async () => {
    const folder = await temporaryFolder();
    await writeCifar100(join(folder, "inside"));
    await rename(join(folder, "inside", "train.bin"), join(folder, "inside", "my-training"));
    await writeFile(join(folder, "readme.txt"), "not a list of names");
    expect((await loadData(folder, { trainOn: "all" })).train.labels.length).toBe(98);
  });

  it("in two folders at once, it can't be told which is meant", async () => {
    const folder = await temporaryFolder();
    for (const name of ["a", "b"]) await writeCifar100(join(folder, name));
    await expect(loadData(folder, { trainOn: "all" })).rejects.toMatchObject({
      code: "BAD_DATA",
      message: "b/test.bin: it holds images, and so does a/",
    });
  });
});

/** CIFAR-10's records, all of one label and of one light pixel. */
const cifar10Bytes = (labels: readonly number[], pixel: (i: number) => number): Uint8Array =>
  Uint8Array.from(labels.flatMap((label, i) => [label, ...Array<number>(3072).fill(pixel(i))]));
const folderOf = async (files: Readonly<Record<string, Uint8Array | string>>): Promise<string> => {
  const folder = await temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  return folder;
};
const tenNames = `${CLASS_NAMES.join("\n")}\n`;

describe("CIFAR-10's records under other names", () => {
  it("light images of the class 9 are images, though all their bytes are those of a text", async () => {
    const light = cifar10Bytes([9, 9, 9], () => 65);
    const { test } = await loadData(await folderOf({ "train.bin": light, "test.bin": light }), {
      trainOn: "all",
    });
    expect([...test.labels]).toEqual([9, 9, 9]);
    const text = "\t".padEnd(3073, "a");
    const told = await folderOf({ "train.bin": light, "notes.txt": text });
    expect((await loadData(told, { trainOn: "all" })).train.labels.length).toBe(2);
  });

  it("in one file: of every five images one trains and one validates, and the name says so", async () => {
    // In the order of their classes.
    const labels = Array.from({ length: 50 }, (_, i) => Math.floor(i / 5));
    const train = cifar10Bytes(labels, (i) => i);
    const folder = await folderOf({ "train.bin": train, "names/batches.meta.txt": tenNames });
    const data = await loadData(folder, { trainOn: "batch1" });
    expect(data.name).toBe("CIFAR-10 (a fifth of the training data)");
    expect([...data.train.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...data.validation.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([data.train.images[3072], data.validation.images[3072]]).toEqual([5, 6]);
    const all = await loadData(folder, { trainOn: "all" });
    expect([all.name, all.train.labels.length, all.validation.labels.length]).toEqual([
      "CIFAR-10 (all training data)",
      49,
      1,
    ]);
  });

  it.each([
    [1, 1, 0],
    [2, 1, 1],
    [9, 8, 1],
    [20, 18, 2],
  ])("of %i images %i train and %i validate", async (count, train, validation) => {
    const bytes = cifar10Bytes(Array<number>(count).fill(3), () => 0);
    const data = await loadData(await folderOf({ "train.bin": bytes }), { trainOn: "batch1" });
    expect([data.train.labels.length, data.validation.labels.length]).toEqual([train, validation]);
  });

  it("eval validates and holdout tests; a name that tells nothing is refused beside one that says train", async () => {
    const bytes = cifar10Bytes([1, 2], () => 0);
    const files = { "train.bin": bytes, "eval.bin": bytes, "holdout.bin": bytes };
    const data = await loadData(await folderOf(files), { trainOn: "all" });
    expect([data.train, data.validation, data.test].map(({ labels }) => labels.length)).toEqual([2, 2, 2]);
    const other = await folderOf({ "train.bin": bytes, "more.bin": bytes });
    await expect(loadData(other, { trainOn: "all" })).rejects.toMatchObject({
      code: "BAD_DATA",
      message: "more.bin: its name tells no split, and train.bin is there to train on",
    });
  });
});

describe("what lies beside the data", () => {
  const train = cifar10Bytes([1, 2], () => 0);
  const png = readFileSync(new URL("../../fixtures/pictures/train/cat/1.png", import.meta.url));
  const load = async (folder: string) => {
    const passed: string[] = [];
    const onPassedOver = (files: readonly string[]) => passed.push(...files);
    const { train, test } = await loadData(folder, { trainOn: "all", onPassedOver });
    return { passed, train: train.labels.length, test: test.labels.length };
  };

  it("is passed over and told: the archive it came from, a chart, a pickle, links that lead nowhere", async () => {
    const folder = await folderOf({
      "train.bin": train,
      "cifar-100-binary.tar.gz": Uint8Array.of(0x1f, 0x8b, 8, 0),
      "chart.png": png,
      "results.pkl": Uint8Array.of(0x80, 4, 0x4e, 0x2e),
      "labels.txt": "1\n2\n1\n",
    });
    await symlink("/no/such", join(folder, "link"));
    expect(await load(folder)).toEqual({
      passed: ["cifar-100-binary.tar.gz", "link", "results.pkl", "chart.png"],
      train: 1,
      test: 0,
    });
  });

  it("but what is named as data has to be that", async () => {
    const folder = await folderOf({ "train.bin": train });
    await symlink("/no/such", join(folder, "test.bin"));
    await expect(load(folder)).rejects.toThrow(/test\.bin can't be read: ENOENT/);
  });

  it("an archive alone is named, with what to do", async () => {
    const folder = await folderOf({ "cifar-10-binary.tar.gz": Uint8Array.of(0x1f, 0x8b, 8, 0) });
    await expect(load(folder)).rejects.toMatchObject({
      code: "BAD_DATA",
      message: "cifar-10-binary.tar.gz: it is an archive within other data, which isn't looked into",
      hint: "Name the archive itself, or unpack it: tar -xf.",
    });
  });

  it("a folder for each split is one data set; linked folders are followed, but in no circle", async () => {
    const folder = await folderOf({ "data/train/some.bin": train, "elsewhere/some.bin": train });
    await symlink("../elsewhere", join(folder, "data", "test"));
    await symlink(".", join(folder, "data", "again"));
    expect(await load(join(folder, "data"))).toEqual({ passed: [], train: 1, test: 2 });
  });

  it("deep folders are read, and deeper ones refused: none is left out", async () => {
    const picture = (depth: number) => `${"deeper/".repeat(depth)}train/cat/1.png`;
    expect(await load(await folderOf({ [picture(5)]: png }))).toEqual({ passed: [], train: 1, test: 0 });
    await expect(load(await folderOf({ "train/cat/1.png": png, [picture(16)]: png }))).rejects.toMatchObject({
      code: "BAD_DATA",
      message: `${"deeper/".repeat(16)}train/: it is more than 16 folders deep`,
    });
  });
});

describe("what is refused", () => {
  const refusal = async (files: Readonly<Record<string, Uint8Array | string>>, labels?: "coarse") => {
    const folder = await folderOf(files);
    return await loadData(folder, { trainOn: "all", ...(labels && { labels }), origin: "--data" }).then(
      () => expect.unreachable(),
      (error: Error) => error.message.replace(folder, "DIR"),
    );
  };
  const train = cifar100Bytes(10);

  it("a file that lacks a byte, and one with a label that no class has, with its place", async () => {
    expect(await refusal({ "train.bin": train.subarray(1) })).toBe(
      `train.bin: it has 30,739 bytes of no known format; expected ${KNOWN_FORMATS}`,
    );
    const wrong = train.slice();
    wrong[3074 * 3 + 1] = 100;
    expect(await refusal({ "train.bin": wrong })).toBe(
      "train.bin, at byte 9,223: a label is 100; expected 0 to 99, as in records of CIFAR-100",
    );
  });

  it("a file of a data set that is empty", async () => {
    expect(await refusal({ "train.bin": train, "test.bin": "" })).toBe("test.bin: it is empty");
  });

  it("nothing to train on, or nothing at all", async () => {
    expect(await refusal({ "test.bin": train })).toMatch(/: it holds no training images$/);
    expect(await refusal({ "readme.txt": "" })).toBe(
      `DIR (from --data) holds no images; expected ${KNOWN_FORMATS}`,
    );
    await expect(loadData("/no/such", { trainOn: "all", origin: "--data" })).rejects.toThrow(
      "/no/such (from --data) does not exist",
    );
  });

  it("fewer names than classes, and more than 256 of them", async () => {
    expect(await refusal({ "train.bin": train, "fine_label_names.txt": "a\nb\n" })).toBe(
      "train.bin: it has label 2; expected one of the 2 in fine_label_names.txt",
    );
    const names = Array.from({ length: 257 }, (_, k) => `n${k}`).join("\n");
    expect(await refusal({ "train.bin": train, "fine_label_names.txt": names })).toBe(
      "fine_label_names.txt: it has 257 classes; expected at most 256: a label is kept in one byte",
    );
  });

  it("coarse labels of CIFAR-10", async () => {
    const cifar10 = Uint8Array.from({ length: 2 * 3073 }, (_, i) => (i % 3073 === 0 ? 9 : 1));
    expect(await refusal({ "train.bin": cifar10 }, "coarse")).toBe("train.bin has no coarse labels");
  });

  it.skipIf(process.platform === "win32")("a pipe, which would be waited for without end", async () => {
    const folder = await temporaryFolder();
    execFileSync("mkfifo", [join(folder, "train.bin")]);
    await expect(loadData(folder, { trainOn: "all" })).rejects.toThrow("train.bin: it is not a file");
  });
});
