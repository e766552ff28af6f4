import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { chooseDataset } from "./dataset.ts";

const PART = { trainOn: "batch1", labels: "fine" } as const;

it("a path that there is not is told with who named it and the command that fetches data", async () => {
  await expect(chooseDataset("/no/such", PART)).rejects.toMatchObject({
    code: "DATA_NOT_FOUND",
    message: expect.stringMatching(/^\/no\/such \(from --data\) does not exist/),
    hint: expect.stringMatching(/"trainscope data download" fetches and checks it\.$/),
  });
});

it("files beside the data that hold none are told, the first five by name", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-data-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "train.bin"), Buffer.alloc(2 * 3073, 1));
  const other = Uint8Array.of(0x80, 4, 0x4e, 0x2e);
  for (let i = 1; i <= 7; i++) writeFileSync(join(folder, `run-${i}.pkl`), other);
  const { notice, dataset } = await chooseDataset(folder, PART);
  expect(notice).toBe(
    "Passed over, as they hold no data: run-1.pkl, run-2.pkl, run-3.pkl, run-4.pkl, run-5.pkl and 2 more.",
  );
  expect(dataset.train.labels).toHaveLength(1);
});
