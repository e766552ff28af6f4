import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeCheckpoint, predict } from "@trainscope/core";
import { expect, it, onTestFinished } from "vitest";
import { checkpointAt, parametersOf } from "../checkpoints/testing/checkpoint.ts";
import { readModel } from "./read-model.ts";

it("is that of the checkpoint that is asked for, and classifies", async () => {
  const home = mkdtempSync(join(tmpdir(), "trainscope-model-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, "checkpoints"));
  const model = {
    statistics: { means: Float64Array.of(10, 10, 10), deviations: Float64Array.of(2, 2, 2) },
    classNames: ["cat", "dog"],
    shape: { width: 3, height: 1, channels: 1 },
  };
  // Of a bright first pixel epoch 1 says "cat", epoch 2 "dog".
  for (const [epoch, sign] of [
    [1, 1],
    [2, -1],
  ] as const) {
    const parameters = parametersOf(Float32Array.of(sign, 0, 0, -sign, 0, 0), Float32Array.of(0, 0));
    const bytes = await encodeCheckpoint(checkpointAt(epoch, { parameters, model }));
    writeFileSync(join(home, "checkpoints", `epoch-000${epoch}.safetensors`), bytes);
  }
  const bright = Uint8Array.of(200, 10, 10);
  const answer = async (epoch: number | "last") => predict(await readModel(home, epoch), bright).labels[0];
  expect([await answer(1), await answer(2), await answer("last")]).toEqual([0, 1, 1]);
  await expect(readModel(home, 3)).rejects.toMatchObject({ code: "BAD_OPTION" });
  const earlier = await encodeCheckpoint(checkpointAt(4));
  writeFileSync(join(home, "checkpoints", "epoch-0004.safetensors"), earlier);
  await expect(readModel(home)).rejects.toMatchObject({ code: "BAD_DATA" });
});
