import { appendFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeBatch } from "./decode.ts";
import { loadCifar10 } from "./load.ts";
import { batchBytes, temporaryFolder, writeLayout } from "./testing/official.ts";

const RECORDS = 20;
const batch = (number: number) => decodeBatch(batchBytes(number, RECORDS), "batch", RECORDS);

describe("loadCifar10", () => {
  it("batch1: trains on data_batch_1, validates on data_batch_2, tests on test_batch", async () => {
    const folder = await writeLayout(await temporaryFolder(), RECORDS);
    const data = await loadCifar10(folder, { trainOn: "batch1", recordsPerFile: RECORDS });
    expect(data.name).toBe("CIFAR-10 (data_batch_1)");
    expect(data.train).toEqual(batch(0));
    expect(data.validation).toEqual(batch(1));
    expect(data.test).toEqual(batch(5));
    expect(data.classNames[9]).toBe("truck");
  });

  it("all: joins the training batches in order and holds out the last fiftieth", async () => {
    const folder = await writeLayout(await temporaryFolder(), RECORDS);
    const data = await loadCifar10(folder, { trainOn: "all", recordsPerFile: RECORDS });
    expect(data.name).toBe("CIFAR-10 (all training data)");
    const labels = [0, 1, 2, 3, 4].flatMap((number) => [...batch(number).labels]);
    expect([...data.train.labels, ...data.validation.labels]).toEqual(labels);
    expect(data.validation.labels).toHaveLength(2);
    expect(data.validation.images).toEqual(batch(4).images.subarray(-2 * 3072));
    expect(data.train.images.subarray(3 * RECORDS * 3072, 4 * RECORDS * 3072)).toEqual(batch(3).images);
  });

  it("takes a folder that holds cifar-10-batches-bin", async () => {
    const parent = await temporaryFolder();
    await writeLayout(join(parent, "cifar-10-batches-bin"), RECORDS);
    expect((await loadCifar10(parent, { trainOn: "batch1", recordsPerFile: RECORDS })).train).toEqual(batch(0));
  });

  it("expects 10,000 pictures a file", async () => {
    const folder = await writeLayout(await temporaryFolder(), RECORDS);
    await expect(loadCifar10(folder, { trainOn: "batch1" })).rejects.toMatchObject({
      code: "BAD_DATA",
      message: expect.stringContaining("is 61,460 bytes; expected 30,730,000"),
    });
  });

  it("refuses a file with one byte too many", async () => {
    const folder = await writeLayout(await temporaryFolder(), RECORDS);
    await appendFile(join(folder, "data_batch_3.bin"), "x");
    await expect(loadCifar10(folder, { trainOn: "all", recordsPerFile: RECORDS })).rejects.toThrow(
      "data_batch_3.bin is 61,461 bytes",
    );
  });

  it("refuses other class names, or the same in another order", async () => {
    const folder = await writeLayout(await temporaryFolder(), RECORDS);
    await writeFile(join(folder, "batches.meta.txt"), "cat\ndog\n");
    await expect(loadCifar10(folder, { trainOn: "batch1", recordsPerFile: RECORDS })).rejects.toMatchObject({
      code: "BAD_DATA",
      message: expect.stringContaining("batches.meta.txt holds cat dog; expected airplane automobile"),
    });
  });

  it("says which file can't be read", async () => {
    const folder = await writeLayout(await temporaryFolder(), RECORDS);
    await rm(join(folder, "test_batch.bin"));
    await mkdir(join(folder, "test_batch.bin"));
    await expect(loadCifar10(folder, { trainOn: "batch1", recordsPerFile: RECORDS })).rejects.toMatchObject({
      code: "BAD_DATA",
    });
  });

  it("refuses options that are none, with what was found", async () => {
    await expect(loadCifar10("", { trainOn: "some" as never })).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: 'trainOn is "some"; expected "batch1" or "all"',
    });
    await expect(loadCifar10("", { trainOn: "all", recordsPerFile: 2.5 })).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: "recordsPerFile is 2.5; expected a whole number of at least 1",
    });
  });

  it("refuses a folder without the files", async () => {
    await expect(loadCifar10("/no/such/folder", { trainOn: "batch1" })).rejects.toMatchObject({
      code: "DATA_NOT_FOUND",
    });
  });
});
