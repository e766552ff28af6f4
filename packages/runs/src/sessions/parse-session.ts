// A session's file read back.
import { checkJson, parseJson, STRING, shapeOf } from "@trainscope/core/schema";
import * as z from "zod/mini";
import { MARK_FIELDS } from "../files/parse-mark.ts";
import { SESSION_VERSION, type SessionFile } from "./session-file.ts";

const SESSION = shapeOf({
  v: z.literal(SESSION_VERSION),
  ...MARK_FIELDS,
  startedAt: STRING,
  endedAt: z.nullable(STRING),
}) satisfies z.ZodMiniType<SessionFile>;

/**
 * A "torn" file is that of a process that was killed while it made it; `undefined` for one of another version. Files come
 * to their places whole, but on file systems without hard links and in earlier versions.
 */
export function parseSession(text: string): SessionFile | "torn" | undefined {
  if (!("value" in parseJson(text))) return "torn";
  const checked = checkJson(SESSION, text);
  return "value" in checked ? checked.value : undefined;
}
