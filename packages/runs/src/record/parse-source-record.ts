// source.json read back.
import { COUNT, checkJson, listOf, RUN_ID, STRING, shapeOf } from "@trainscope/core/schema";
import * as z from "zod/mini";
import { SOURCE_RECORD_VERSION, type SourceRecord } from "./source-record.ts";

const RECORD = shapeOf({
  v: z.literal(SOURCE_RECORD_VERSION, String(SOURCE_RECORD_VERSION)),
  runId: RUN_ID,
  format: STRING,
  files: listOf(STRING),
  sha256: STRING,
  modified: COUNT,
  imported: COUNT,
  versions: shapeOf({ trainscope: STRING }),
}) satisfies z.ZodMiniType<SourceRecord>;

/** The record, or what is wrong with it as a clause. */
export function parseSourceRecord(text: string): SourceRecord | string {
  const checked = checkJson<SourceRecord>(RECORD, text);
  return "reason" in checked ? checked.reason : checked.value;
}
