// label.json read back.
import { checkJson, listOf, STRING, shapeOf } from "@trainscope/core/schema";
import * as z from "zod/mini";
import { LABEL_VERSION, type Label } from "./label-file.ts";

const LABEL = shapeOf({
  v: z.literal(LABEL_VERSION, String(LABEL_VERSION)),
  name: z.union([STRING, z.null()], "a string or null"),
  tags: listOf(STRING),
});

/** The label, or what is wrong with it as a clause. */
export function parseLabel(text: string): Label | string {
  const checked = checkJson(LABEL, text);
  if ("reason" in checked) return checked.reason;
  const { name, tags } = checked.value;
  return { name, tags };
}
