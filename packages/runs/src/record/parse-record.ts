// run.json read back.

import {
  BOOLEAN,
  CLAUSE,
  COUNT,
  checkJson,
  listOf,
  oneOf,
  RUN_ID,
  SCRIPT_SCHEMA,
  STRING,
  shapeOf,
} from "@trainscope/core/schema";
import { resolveSettings, type TrainSettings } from "@trainscope/core/settings";
import * as z from "zod/mini";
import { ENGINES, LABEL_KINDS, TRAIN_ONS } from "./recorded-choices.ts";
import { RUN_RECORD_VERSION, type RunRecord } from "./run-record.ts";

const TIME = z.string("a time").check(z.refine((text) => !Number.isNaN(Date.parse(text)), "a time"));
const COUNTS = shapeOf({ train: COUNT, validation: COUNT, test: COUNT });
const SHA256 = z.string("a SHA-256").check(z.regex(/^[0-9a-f]{64}$/, "a SHA-256 in hexadecimal"));

/** Those that are missing have their defaults; what is wrong with one is said by what checks settings anywhere. */
const SETTINGS = z.pipe(
  z.looseObject({}, "an object of settings"),
  z.transform((found, context): TrainSettings => {
    try {
      return resolveSettings(found);
    } catch (error) {
      context.issues.push({
        code: "custom",
        input: found,
        path: [],
        ...CLAUSE,
        message: `of its settings, ${(error as Error).message}`,
      });
      return z.NEVER;
    }
  }),
);

/** What earlier versions didn't tell has a default. Each field of the type is here, those that may be missing too: others are lost. */
const FIELDS = {
  v: z.literal(RUN_RECORD_VERSION, String(RUN_RECORD_VERSION)),
  runId: RUN_ID,
  startedAt: TIME,
  settings: SETTINGS,
  data: shapeOf({
    name: STRING,
    counts: COUNTS,
    sha256: shapeOf({ train: SHA256, validation: SHA256, test: SHA256 }),
    source: z._default(STRING, ""),
    trainOn: z._default(oneOf(TRAIN_ONS), "batch1"),
    labels: z._default(oneOf(LABEL_KINDS), "fine"),
  }),
  engine: oneOf(ENGINES),
  threads: z._default(z.union([COUNT, z.null()], "a whole number or null"), null),
  modules: z._default(
    shapeOf({
      config: z._default(z.union([STRING, z.null()], "a string or null"), null),
      plugins: z._default(listOf(STRING), []),
      metrics: z._default(listOf(STRING), []),
      pictures: z._default(BOOLEAN, true),
    }),
    { config: null, plugins: [], metrics: [], pictures: true },
  ),
  checkpoints: z.exactOptional(shapeOf({ every: COUNT, keep: COUNT })),
  script: z._default(SCRIPT_SCHEMA, []),
  parent: z._default(z.nullable(shapeOf({ runId: RUN_ID, epoch: COUNT, batch: COUNT })), null),
  versions: shapeOf({ trainscope: STRING, node: STRING }),
  arguments: listOf(STRING),
} satisfies Record<keyof RunRecord, z.ZodMiniType>;
const RECORD = shapeOf(FIELDS) satisfies z.ZodMiniType<RunRecord>;

/** The record, or what is wrong with it as a clause. */
export function parseRecord(text: string): RunRecord | string {
  const checked = checkJson<RunRecord>(RECORD, text);
  return "reason" in checked ? checked.reason : checked.value;
}
