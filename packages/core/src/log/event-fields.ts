// The fields of each event as they are checked when a log is read, or the lines of another program. events.ts says what
// they mean; what may be missing here is missing in logs of earlier versions, or in those of other programs.
import type { TrainingEvent } from "../events.ts";
import { checkInitialisation } from "../model/initialisation.ts";
import { checkSchedule } from "../training/schedule.ts";
import {
  acceptedBy,
  BOOLEAN,
  COUNT,
  either,
  FIGURES,
  type Fields,
  listOf,
  NUMBER,
  oneOf,
  orNull,
  STRING,
  shapeOf,
} from "./kinds.ts";

export const HEADER_FIELDS: Fields = { seq: NUMBER, runId: STRING, time: NUMBER };

const SPLIT = oneOf(["train", "validation", "test"]);
const SETTINGS = shapeOf("object of settings", {
  "epochs?": COUNT,
  "batchSize?": COUNT,
  "learningRate?": NUMBER,
  "lambda?": NUMBER,
  "seed?": NUMBER,
  "loss?": STRING,
  "flip?": NUMBER,
  "schedule?": acceptedBy("schedule", checkSchedule),
  "initialisation?": acceptedBy("initialisation", checkInitialisation),
  "noise?": NUMBER,
  "patience?": NUMBER,
  "keep?": STRING,
  "monitor?": STRING,
});
const MODEL = shapeOf("model", { inputs: COUNT, classes: COUNT, parameters: COUNT });
const IMAGE_SHAPE = shapeOf("image shape", { width: COUNT, height: COUNT, channels: COUNT });
const DATA = shapeOf("data", {
  name: STRING,
  train: COUNT,
  validation: COUNT,
  test: COUNT,
  classes: listOf(STRING),
  shape: IMAGE_SHAPE,
});
const DISPLAY = shapeOf("display", {
  "chart?": BOOLEAN,
  "scale?": oneOf(["linear", "log"]),
  "range?": {
    words: "range",
    holds: (value) => listOf(NUMBER).holds(value) && (value as readonly number[]).length === 2,
  },
  "baseline?": NUMBER,
});
const METRIC = shapeOf("metrics", {
  tag: STRING,
  name: STRING,
  split: SPLIT,
  direction: oneOf(["min", "max", "none"]),
  "unit?": orNull(STRING),
  "display?": DISPLAY,
});
const ENVIRONMENT = shapeOf("environment", { engine: STRING, precision: STRING, threads: COUNT });
const PLACE = { epoch: COUNT, batch: COUNT };
const TIMING = shapeOf("timing", { "trainMs?": NUMBER, "evaluateMs?": NUMBER });
const HOOK = shapeOf("hook times", {
  plugin: STRING,
  hook: STRING,
  calls: NUMBER,
  milliseconds: NUMBER,
  failures: NUMBER,
});
const CONFUSION = listOf(listOf(COUNT));
const TRUE_CLASS = shapeOf("true class", { right: listOf(NUMBER), wrong: listOf(NUMBER) });
const MISTAKE = shapeOf("images", { index: COUNT, label: COUNT, probabilities: listOf(NUMBER) });

export const EVENT_FIELDS: Readonly<Record<TrainingEvent["type"], Fields>> = {
  "run:start": {
    config: SETTINGS,
    metrics: listOf(METRIC),
    "axis?": oneOf(["epoch", "step"]),
    "model?": MODEL,
    "data?": DATA,
    "environment?": ENVIRONMENT,
    "parent?": shapeOf("parent", { runId: STRING, ...PLACE }),
  },
  "run:resume": { ...PLACE, "environment?": ENVIRONMENT },
  "epoch:start": { epoch: COUNT, epochs: COUNT },
  progress: { ...PLACE, batches: COUNT, "samplesPerSecond?": NUMBER, "loss?": orNull(NUMBER) },
  "epoch:end": { epoch: COUNT, epochs: COUNT, metrics: FIGURES, timing: TIMING, "learningRate?": NUMBER },
  point: { x: NUMBER, metrics: FIGURES, "learningRate?": NUMBER },
  control: {
    action: STRING,
    ...PLACE,
    "from?": orNull(either(NUMBER, STRING)),
    "to?": orNull(either(NUMBER, STRING)),
  },
  checkpoint: { epoch: COUNT, path: STRING, "batch?": COUNT, "reason?": STRING, "best?": BOOLEAN },
  artifact: { plugin: STRING, kind: STRING, title: STRING, path: STRING },
  alert: { level: oneOf(["info", "warning", "error"]), code: STRING, message: STRING },
  "plugin:error": { plugin: STRING, hook: STRING, message: STRING, disabled: BOOLEAN, "failures?": COUNT },
  examination: {
    epoch: COUNT,
    split: SPLIT,
    confusion: CONFUSION,
    "trueClass?": TRUE_CLASS,
    "mistakes?": listOf(MISTAKE),
  },
  "plugin:times": { epoch: COUNT, hooks: listOf(HOOK) },
  "run:end": {
    reason: oneOf(["completed", "stopped", "early-stop", "diverged", "failed"]),
    metrics: FIGURES,
    epochs: COUNT,
    plugins: listOf(HOOK),
    "keptEpoch?": orNull(COUNT),
  },
};
