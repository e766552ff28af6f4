// The events as they are checked wherever they come in: from a log, a socket, or another program's output. events.ts says
// what they mean. What has a default here is missing in logs of earlier versions, or in those of other programs.

import * as z from "zod/mini";
import { CONTROL_ACTIONS } from "../control-actions.ts";
import { SPLITS } from "../data/dataset.ts";
import {
  type AlertCode,
  type CheckpointReason,
  type Environment,
  EVENT_VERSION,
  MOST_METRICS,
  type TrainingEvent,
} from "../events.ts";
import type { LossName } from "../losses/names.ts";
import { checkInitialisation } from "../model/initialisation.ts";
import { checkSchedule } from "../settings/schedule.ts";
import type { Keep } from "../settings/settings.ts";
import { CLAUSE } from "./check-shape.ts";
import {
  acceptedBy,
  BOOLEAN,
  COUNT,
  listOf,
  METRIC_VALUES,
  NUMBER,
  oneOf,
  openName,
  RUN_ID,
  STRING,
  shapeOf,
} from "./kinds.ts";

/** What every event has beside its type. */
export const HEADER = {
  v: z.literal(EVENT_VERSION, `${EVENT_VERSION}`),
  seq: NUMBER,
  runId: STRING,
  time: NUMBER,
};

function eventOf<const Type extends TrainingEvent["type"], Shape extends z.core.$ZodShape>(
  type: Type,
  shape: Shape,
) {
  return shapeOf({ ...HEADER, type: z.literal(type, JSON.stringify(type)), ...shape });
}

const SPLIT = oneOf(SPLITS);
const PLACE = { epoch: COUNT, batch: COUNT };

/** Another program's settings, whatever they are called, are passed on as well. */
const CONFIG = z.looseObject(
  {
    epochs: z.exactOptional(COUNT),
    batchSize: z.exactOptional(COUNT),
    learningRate: z.exactOptional(NUMBER),
    lambda: z.exactOptional(NUMBER),
    seed: z.exactOptional(NUMBER),
    loss: z.exactOptional(openName<LossName>()),
    flip: z.exactOptional(NUMBER),
    schedule: z.exactOptional(acceptedBy(checkSchedule, "a schedule")),
    initialisation: z.exactOptional(acceptedBy(checkInitialisation, "an initialisation")),
    noise: z.exactOptional(NUMBER),
    patience: z.exactOptional(NUMBER),
    keep: z.exactOptional(openName<Keep>()),
    monitor: z.exactOptional(STRING),
  },
  "an object of settings",
);

const MODEL = shapeOf({ inputs: COUNT, classes: COUNT, parameters: COUNT });

const DATA = shapeOf({
  name: STRING,
  train: COUNT,
  validation: COUNT,
  test: COUNT,
  classes: listOf(STRING),
  shape: shapeOf({ width: COUNT, height: COUNT, channels: COUNT }),
});

const DISPLAY = shapeOf({
  chart: z.exactOptional(BOOLEAN),
  scale: z.exactOptional(oneOf(["linear", "log"])),
  range: z.exactOptional(z.tuple([NUMBER, NUMBER], "an array of two numbers")),
  baseline: z.exactOptional(NUMBER),
  digits: z.exactOptional(NUMBER),
  axes: z.exactOptional(z.tuple([STRING, STRING], "an array of two strings")),
  diagonal: z.exactOptional(BOOLEAN),
});

const METRIC = shapeOf({
  tag: STRING,
  name: STRING,
  split: SPLIT,
  direction: oneOf(["min", "max", "none"]),
  unit: z._default(z.nullable(STRING), null),
  display: z._default(DISPLAY, {}),
  description: z.exactOptional(STRING),
});

const ENTRIES = listOf(z.nullable(NUMBER));
const MATRIX = shapeOf({ kind: z.literal("matrix", '"matrix"'), rows: listOf(ENTRIES) }).check(
  z.refine(({ rows }) => rows.every(({ length }) => length === rows[0]?.length), {
    error: "its rows are not of equal length",
    ...CLAUSE,
  }),
);
const CURVES = shapeOf({
  kind: z.literal("curves", '"curves"'),
  curves: listOf(
    shapeOf({ name: STRING, x: ENTRIES, y: ENTRIES }).check(
      z.refine(({ x, y }) => x.length === y.length, {
        error: "its x and y are not of equal length",
        ...CLAUSE,
      }),
    ),
  ),
});

const ENVIRONMENT = shapeOf({
  engine: STRING,
  precision: openName<Environment["precision"]>(),
  threads: COUNT,
  simd: z.exactOptional(STRING),
  vectors: z.exactOptional(STRING),
  build: z.exactOptional(STRING),
  processor: z.exactOptional(STRING),
  runtime: z.exactOptional(STRING),
});
const PARENT = shapeOf({ runId: RUN_ID, ...PLACE });
const TIMING = shapeOf({ trainMs: z._default(NUMBER, 0), evaluateMs: z._default(NUMBER, 0) });

const HOOKS = listOf(
  shapeOf({ plugin: STRING, hook: STRING, calls: NUMBER, milliseconds: NUMBER, failures: NUMBER }),
);

const CONTROL_VALUE = z._default(z.union([NUMBER, STRING, z.null()], "a number, a string or null"), null);

const EXAMINATION = eventOf("examination", {
  epoch: COUNT,
  split: SPLIT,
  confusion: listOf(listOf(COUNT)),
  trueClass: z._default(shapeOf({ right: listOf(NUMBER), wrong: listOf(NUMBER) }), { right: [], wrong: [] }),
  mistakes: z._default(listOf(shapeOf({ index: COUNT, label: COUNT, probabilities: listOf(NUMBER) })), []),
});

/** No screen could show another. */
function fitsTogether({ confusion, mistakes, trueClass }: z.infer<typeof EXAMINATION>): boolean {
  const classes = confusion.length;
  return (
    confusion.every((row) => row.length === classes) &&
    mistakes.every(({ label, probabilities }) => label < classes && probabilities.length === classes) &&
    trueClass.right.length === trueClass.wrong.length
  );
}

/** Of each event, by its `type`. */
export const EVENT_SCHEMAS = {
  "run:start": eventOf("run:start", {
    config: CONFIG,
    metrics: listOf(METRIC).check(
      z.refine(({ length }) => length <= MOST_METRICS, {
        error: `it declares more than ${MOST_METRICS} metrics`,
        ...CLAUSE,
      }),
    ),
    axis: z.exactOptional(oneOf(["epoch", "step"])),
    length: z.exactOptional(COUNT),
    model: z.exactOptional(MODEL),
    data: z.exactOptional(DATA),
    environment: z.exactOptional(ENVIRONMENT),
    parent: z.exactOptional(PARENT),
  }),
  "run:resume": eventOf("run:resume", { ...PLACE, environment: z.exactOptional(ENVIRONMENT) }),
  "epoch:start": eventOf("epoch:start", { epoch: COUNT, epochs: COUNT }),
  progress: eventOf("progress", {
    ...PLACE,
    batches: COUNT,
    samplesPerSecond: z._default(NUMBER, 0),
    loss: z._default(z.nullable(NUMBER), null),
  }),
  "epoch:end": eventOf("epoch:end", {
    epoch: COUNT,
    epochs: COUNT,
    metrics: METRIC_VALUES,
    timing: TIMING,
    learningRate: z._default(NUMBER, 0),
  }),
  point: eventOf("point", { x: NUMBER, metrics: METRIC_VALUES, learningRate: z.exactOptional(NUMBER) }),
  "metric:result": eventOf("metric:result", {
    epoch: COUNT,
    tag: STRING,
    name: STRING,
    split: SPLIT,
    description: z.exactOptional(STRING),
    display: z._default(DISPLAY, {}),
    value: z.discriminatedUnion("kind", [MATRIX, CURVES]),
  }),
  control: eventOf("control", {
    action: oneOf(CONTROL_ACTIONS),
    ...PLACE,
    from: CONTROL_VALUE,
    to: CONTROL_VALUE,
  }),
  checkpoint: eventOf("checkpoint", {
    epoch: COUNT,
    path: STRING,
    batch: z._default(COUNT, 0),
    reason: z._default(openName<CheckpointReason>(), "asked"),
    best: z._default(BOOLEAN, false),
  }),
  artifact: eventOf("artifact", { plugin: STRING, kind: STRING, title: STRING, path: STRING }),
  alert: eventOf("alert", {
    level: oneOf(["info", "warning", "error"]),
    code: openName<AlertCode>(),
    message: STRING,
  }),
  "plugin:error": eventOf("plugin:error", {
    plugin: STRING,
    hook: STRING,
    message: STRING,
    place: z.exactOptional(STRING),
    stack: z.exactOptional(STRING),
    disabled: BOOLEAN,
    failures: z._default(COUNT, 1),
  }),
  examination: EXAMINATION.check(
    z.refine(fitsTogether, {
      error: "its confusion matrix is not square, or its images don't fit it",
      ...CLAUSE,
    }),
  ),
  "plugin:times": eventOf("plugin:times", { epoch: COUNT, hooks: HOOKS }),
  "run:end": eventOf("run:end", {
    reason: oneOf(["completed", "stopped", "early-stop", "diverged", "failed"]),
    metrics: METRIC_VALUES,
    epochs: COUNT,
    plugins: HOOKS,
    keptEpoch: z._default(z.nullable(COUNT), null),
  }),
} satisfies EventSchemas;

type EventSchemas = {
  readonly [Type in TrainingEvent["type"]]: z.ZodMiniType<Extract<TrainingEvent, { type: Type }>>;
};

/** Fields that events.ts has and a schema here lacks; there is none. */
type Unchecked = {
  [Type in TrainingEvent["type"]]: Exclude<
    keyof Extract<TrainingEvent, { type: Type }>,
    keyof (typeof EVENT_SCHEMAS)[Type]["shape"]
  >;
}[TrainingEvent["type"]];
type None<Fields extends never> = Fields;
export type AllChecked = None<Unchecked>;
