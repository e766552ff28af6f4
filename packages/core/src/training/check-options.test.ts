import { lastValueFrom } from "rxjs";
import { expect, it } from "vitest";
import { createWasmEngine } from "../engine/wasm/wasm.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { fit } from "./fit.ts";
import { checkTrainOptions } from "./resolve-options.ts";
import { train } from "./train.ts";
import type { TrainOptions } from "./train-options.ts";

const dataset = createTinyDataset();

it.each<[object, string]>([
  [{ epoch: 3 }, 'unknown option "epoch" of train()'],
  [{ settings: { rate: 1 } }, 'unknown setting "rate"'],
  [{ settings: [] }, "settings is an array; expected an object"],
  [{ engine: "wasm" }, 'engine is "wasm"; expected a function that makes an engine'],
  [{ control: {} }, "control is an object; expected an Observable of controls"],
  [{ exporters: ["weights"] }, "exporter"],
  [{ examine: 1 }, "examine is 1; expected true, false or a function"],
  [{ fork: {} }, "fork is an object; expected a checkpoint"],
  [{ resume: {} }, "resume is an object; expected an object with a checkpoint and the events before it"],
  [
    { settings: { schedule: { kind: "step", every: 5, factor: 0.5, gamma: 1 } } },
    'unknown option "gamma" of the step schedule',
  ],
  [
    { settings: { initialisation: { kind: "xavier", gain: 1 } } },
    'unknown option "gain" of the xavier initialisation',
  ],
  [{ write: "out" }, 'write is "out"; expected a function'],
  [{ dataset: { ...dataset, names: ["a"] } }, 'the dataset: unknown field "names"; expected name, classNames,'],
  [
    { dataset: { ...dataset, shape: { ...dataset.shape, depth: 3 } } },
    'shape: unknown field "depth"; expected width,',
  ],
  [
    { dataset: { ...dataset, test: { ...dataset.test, weights: [1] } } },
    'test split: unknown field "weights"; expected images, labels',
  ],
  [
    { dataset: { name: "a", classNames: ["b"], train: { features: [[1]], labels: [0], images: 1 } } },
    'train split: unknown field "images"; expected features, labels',
  ],
  [{ append: "out" }, 'append is "out"; expected a function'],
  [{ runId: 7 }, "runId is 7; expected a text"],
])("%j is refused before anything starts", async (options, message) => {
  await expect(checkTrainOptions({ dataset, ...options } as TrainOptions)).rejects.toThrow(message);
});

it("train and fit say so, too, before they look into anything", async () => {
  for (const options of [undefined, { dataset, control: 5 }, { dataset, engine: 5 }]) {
    await expect(fit(options as never)).rejects.toMatchObject({ code: "BAD_OPTION" });
    await expect(lastValueFrom(train(options as never))).rejects.toMatchObject({ code: "BAD_OPTION" });
  }
});

it.each<[string, unknown, string]>([
  ["nothing", undefined, "what engine() gives is missing; expected an engine"],
  [
    "something else",
    { train() {} },
    "what engine() gives is an object without copyState(); expected an engine",
  ],
])("a factory that gives %s gives no engine", async (_, engine, message) => {
  await expect(fit({ dataset, engine: (async () => engine) as never })).rejects.toMatchObject({
    code: "BAD_OPTION",
    message,
  });
});

it("an engine's options are known ones", () => {
  expect(() => createWasmEngine({ thread: 2 } as never)).toThrow(
    'unknown option "thread" of createWasmEngine()',
  );
  expect(() => createWasmEngine(null as never)).toThrow(
    "the options of createWasmEngine() are null; expected an object",
  );
});

it("takes undefined for what is left out", async () => {
  await checkTrainOptions({ dataset, engine: undefined } as never);
});

it("says that there is no object at all", async () => {
  await expect(checkTrainOptions(undefined as never)).rejects.toThrow("what train() was given is missing");
});
