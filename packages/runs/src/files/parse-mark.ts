// A process's mark read back, from a file that another process wrote.
import { checkJson, STRING, shapeOf } from "@trainscope/core/schema";
import * as z from "zod/mini";
import type { ProcessMark } from "./process-mark.ts";

/** The fields of a mark, in whatever file it stands. */
export const MARK_FIELDS = {
  pid: z.int().check(z.positive()),
  host: STRING,
  boot: z._default(z.nullable(STRING), null),
  born: z._default(z.nullable(STRING), null),
};

const MARK = shapeOf(MARK_FIELDS) satisfies z.ZodMiniType<ProcessMark>;

/** `undefined` where the text is none that a process of this version has written. */
export function parseMark(text: string): ProcessMark | undefined {
  const checked = checkJson(MARK, text);
  return "value" in checked ? checked.value : undefined;
}
