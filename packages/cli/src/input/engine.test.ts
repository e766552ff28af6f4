import { componentStatistics, type Dataset, initialiseParameters } from "@trainscope/core";
import type { EngineSetup } from "@trainscope/core/engine";
import { createTinyDataset } from "@trainscope/core/testing";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.doUnmock("@trainscope/engine-native");
  vi.resetModules();
});

/** The module where the native engine can serve, or can't for a reason. */
async function moduleWhere(support: object) {
  vi.resetModules();
  vi.doMock("@trainscope/engine-native", () => ({
    nativeSupport: () => support,
    createNativeEngine: () => async () => ({ name: "native" }),
  }));
  return await import("./engine.ts");
}

const AVAILABLE = { available: true, vectors: "avx2", allVectors: ["avx2", "portable"] };
const MISSING = { available: false, reason: "it was not built here" };

function setupOf(dataset: Dataset): EngineSetup {
  return {
    shape: dataset.shape,
    classes: 3,
    splits: { train: dataset.train, validation: dataset.validation, test: dataset.test },
    statistics: componentStatistics(dataset.train, 48),
    loss: "softmax",
    initial: initialiseParameters(3, 48, 0),
  };
}

it("unless it is asked for another, the native engine computes where it can, and there is nothing to say", async () => {
  const { chooseEngine, chooseEngines } = await moduleWhere(AVAILABLE);
  const { name, create } = chooseEngine({});
  const engine = await create(setupOf(createTinyDataset()));
  expect([name, engine.name, engine.notice]).toEqual(["native", "native", undefined]);
  expect(chooseEngines({ threads: 3 })).toMatchObject({
    threads: 3,
    notice: undefined,
  });
  expect(chooseEngine({ engine: "wasm" }).name).toBe("wasm");
});

it("where it can't, the wasm engine does, and says why, unless it was asked for", async () => {
  const { chooseEngine, chooseEngines } = await moduleWhere(MISSING);
  const notice = "the wasm engine computes; the native one can't: it was not built here";
  for (const [engine, expected] of [
    [undefined, notice],
    ["wasm", undefined],
  ] as const) {
    const { name, create } = chooseEngine({ engine, threads: 1 });
    const made = await create(setupOf(createTinyDataset()));
    expect([name, made.name, made.notice]).toEqual(["wasm", "wasm", expected]);
    await made.close();
    expect(chooseEngines({ engine })).toMatchObject({ notice: expected });
  }
});

it("where it can't and is asked for, that is an error that says why, and what to do", async () => {
  const { chooseEngine, chooseEngines } = await moduleWhere(MISSING);
  const refused = expect.objectContaining({
    code: "NOT_SUPPORTED",
    message: "the native engine can't serve here: it was not built here",
    hint: expect.stringContaining("--engine wasm"),
  });
  expect(() => chooseEngine({ engine: "native" })).toThrow(refused);
  expect(() => chooseEngines({ engine: "native", threads: 2 })).toThrow(refused);
});
