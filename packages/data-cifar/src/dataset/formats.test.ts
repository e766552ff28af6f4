// Every format against what NumPy, SciPy, libjpeg and Python's pickle wrote: fixtures/make.py.
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkDataset } from "@trainscope/core";
import { describe, expect, it } from "vitest";
import { readContents } from "../contents/read-contents.ts";
import { temporaryFolder } from "../testing/official.ts";
import { loadData } from "./load-data.ts";

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const expected = JSON.parse(await readFile(fixture("expected.json"), "utf8")) as {
  readonly images: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly coarse: readonly number[];
  readonly names: readonly string[];
  readonly smooth: readonly (readonly number[])[];
  readonly colours: readonly number[];
  readonly palette: readonly (readonly number[])[];
};
const pixels = (from: number, to: number): Buffer => Buffer.from(expected.images.slice(from, to).flat());

/** Four images to train on, the last of which validates, and two to test. */
async function expectWhole(name: string, names: readonly string[] = expected.names): Promise<void> {
  const data = await loadData(fixture(name), { trainOn: "all" });
  checkDataset(data);
  expect(data.shape).toEqual({ width: 4, height: 4, channels: 3 });
  expect(data.classNames).toEqual(names);
  expect(data.validation.labels.length).toBe(1);
  expect([...data.train.labels, ...data.validation.labels]).toEqual(expected.labels.slice(0, 4));
  expect([...data.test.labels]).toEqual(expected.labels.slice(4));
  expect(Buffer.concat([data.train.images, data.validation.images])).toEqual(pixels(0, 4));
  expect(Buffer.from(data.test.images)).toEqual(pixels(4, 6));
}

describe("what others wrote is read to the last byte", () => {
  it.each([
    ["pickles of Python 2", "python2"],
    ["of Python 3, protocol 2, with bytes as keys", "python3-protocol2"],
    ["protocol 3, images in Fortran's order", "python3-protocol3"],
    ["protocol 4, labels as an array", "python3-protocol4"],
    ["protocol 5", "python3-protocol5"],
    ["MATLAB files, compressed", "matlab"],
    ["MATLAB files as they are", "matlab-plain"],
    ["an archive of pickles", "python.tar.gz"],
    ["an archive of MATLAB files", "matlab.tar.gz"],
  ])("%s", async (_, name) => await expectWhole(name));

  it("arrays in one .npz, and apart: names of classes are their numbers", async () => {
    await expectWhole("arrays/whole.npz", ["0", "1", "2"]);
    await expectWhole("arrays-apart", ["0", "1", "2"]);
  });

  it("grey images of two dimensions", async () => {
    const { shape, train, validation } = await loadData(fixture("grey"), { trainOn: "all" });
    expect(shape).toEqual({ width: 4, height: 4, channels: 1 });
    const planes = expected.images.map((image) => image.slice(0, 16));
    expect([...train.images, ...validation.images]).toEqual(planes.flat());
  });

  it("CIFAR-100's pickles: fine and coarse labels", async () => {
    const fine = await loadData(fixture("cifar100-python"), { trainOn: "batch1" });
    expect([fine.name, ...fine.classNames]).toEqual([
      "CIFAR-100 (fine labels, a fifth of the training data)",
      ...expected.names,
    ]);
    const coarse = await loadData(fixture("cifar100-python"), { trainOn: "batch1", labels: "coarse" });
    expect(coarse.classNames).toEqual(["near", "far"]);
    expect([...coarse.train.labels, ...coarse.validation.labels]).toEqual(expected.coarse.slice(0, 2));
  });

  it("pictures in folders by class, and splits above these", async () => {
    const data = await loadData(fixture("pictures"), { trainOn: "all" });
    expect(data.classNames).toEqual(["cat", "dog", "owl"]);
    // By class, then by name.
    expect([...data.train.labels, ...data.validation.labels]).toEqual([0, 1, 1, 2]);
    const order = [1, 2, 3, 0].flatMap((i) => expected.images[i] ?? []);
    expect([...data.train.images, ...data.validation.images]).toEqual(order);
    expect(Buffer.from(data.test.images)).toEqual(pixels(4, 6));
  });
});

describe("pictures", () => {
  const read = async (name: string) => {
    const [found] = readContents(await readFile(fixture(name)), name);
    if (found?.kind !== "picture") throw expect.unreachable();
    return found;
  };

  it.each(["jpeg/cat/0.jpg", "jpeg/dog/0.jpg"])(
    "%s, baseline and progressive, is close to what went in",
    async (name) => {
      const { shape, image } = await read(name);
      expect(shape).toEqual({ width: 16, height: 16, channels: 3 });
      const differences = expected.colours.map((value, i) => Math.abs(value - (image[i] ?? 0)));
      expect(Math.max(...differences)).toBeLessThan(8);
    },
  );

  it("grey ones have one channel, those of a palette three, and transparency is left out", async () => {
    const [grey, greyJpeg] = [await read("odd/grey.png"), await read("odd/grey.jpg")];
    expect([grey.shape.channels, greyJpeg.shape.channels]).toEqual([1, 1]);
    expect([...grey.image]).toEqual(expected.smooth.flat());
    const palette = await read("odd/palette.png");
    const row = [0, 1, 2].map((channel) => expected.palette.map((colour) => colour[channel] ?? 0));
    expect([...palette.image]).toEqual(row.flatMap((line) => Array.from({ length: 16 }, () => line).flat()));
    expect([...(await read("odd/transparent.png")).image]).toEqual(expected.colours);
  });

  it("of two shapes are refused: the first that differs is named", async () => {
    const folder = await temporaryFolder();
    await cp(fixture("pictures/train"), folder, { recursive: true });
    await mkdir(join(folder, "elk"));
    await copyFile(fixture("odd/grey.png"), join(folder, "elk", "7.png"));
    await expect(loadData(folder, { trainOn: "all" })).rejects.toThrow(
      "elk/7.png: its images are 16 x 16, 1 channel; expected 4 x 4, 3 channels, as in cat/1.png",
    );
  });

  it("by themselves, damaged or interlaced, they are refused", async () => {
    await expect(loadData(fixture("odd/grey.png"), { trainOn: "all" })).rejects.toThrow(
      "grey.png: it is in no folder of its class",
    );
    expect(() => readContents(new Uint8Array([0x89, 0x50, 0x4e, 0x47]), "a.png")).toThrow(
      "a.png, at byte 8: it is a PNG without a header",
    );
    const interlaced = await readFile(fixture("odd/interlaced.png"));
    expect(() => readContents(interlaced, "a.png")).toThrow("it is an interlaced PNG");
  });

  const listed = async (names: string) => {
    const folder = await temporaryFolder();
    await cp(fixture("pictures"), folder, { recursive: true });
    await writeFile(join(folder, "classes.txt"), names);
    return await loadData(folder, { trainOn: "all" });
  };

  it("a list of names beside the folders gives the order of the classes, and renames none", async () => {
    const { classNames, train, validation } = await listed("owl\ndog\ncat\n");
    expect(classNames).toEqual(["owl", "dog", "cat"]);
    expect([...train.labels, ...validation.labels]).toEqual([2, 1, 1, 0]);
    await expect(listed("bird\ndog\nowl\n")).rejects.toThrow(
      'classes.txt: it lacks "cat", which is a folder of pictures',
    );
  });

  it("in a folder for the split alone are of no class", async () => {
    const folder = await temporaryFolder();
    for (const split of ["train", "test"]) {
      await mkdir(join(folder, split));
      await copyFile(fixture("pictures/train/cat/1.png"), join(folder, split, "1.png"));
    }
    await expect(loadData(folder, { trainOn: "all" })).rejects.toThrow(
      "test/1.png: it is in no folder of its class",
    );
  });

  it("beside arrays, it can't be told which are meant", async () => {
    const folder = await temporaryFolder();
    await cp(fixture("pictures/train"), folder, { recursive: true });
    await copyFile(fixture("grey/grey.npz"), join(folder, "grey.npz"));
    await expect(loadData(folder, { trainOn: "all" })).rejects.toThrow(
      "cat/1.png: it holds images, and in another form so does grey.npz/images.npy",
    );
  });
});

describe("nothing is run, and nothing is written", () => {
  it.each([
    ["evil/system-protocol2", 'at byte 16: the pickle asks for "posix.system"'],
    ["evil/system-protocol4", 'at byte 37: the pickle asks for "posix.system"'],
    ["evil/object-array", "the pickle gives a state to what is no NumPy array of numbers"],
  ])("%s is refused by name", async (name, message) => {
    const bytes = await readFile(fixture(name));
    expect(() => readContents(bytes, "train")).toThrow(message);
    expect(existsSync("/tmp/pickle-was-run")).toBe(false);
  });

  it("entries that climb out, absolute ones and links have no way out", async () => {
    await expectWhole("climbing.tar.gz");
    expect(existsSync("/tmp/outside.txt")).toBe(false);
    expect(existsSync(fixture("../outside.txt"))).toBe(false);
  });
});
