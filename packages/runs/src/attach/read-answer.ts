// What a run says to a viewer, checked before it is believed.
import { parseEvent } from "@trainscope/core/log";
import { checkJson, STRING, shapeOf } from "@trainscope/core/schema";
import * as z from "zod/mini";
import { PROTOCOL_VERSION } from "./protocol.ts";

const ANSWER = z.union([
  shapeOf({ hello: z.literal(PROTOCOL_VERSION) }),
  shapeOf({ granted: z.literal(true) }),
  shapeOf({ refused: STRING }),
  z.pipe(
    z.object({ event: z.unknown() }),
    z.transform(({ event }) => ({ event: parseEvent(event) })),
  ),
]);

/** What a run says, with its event as it was found; `undefined` for what this version doesn't understand. */
export function readAnswer(line: string): z.infer<typeof ANSWER> | undefined {
  const checked = checkJson(ANSWER, line);
  return "value" in checked ? checked.value : undefined;
}
