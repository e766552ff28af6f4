// JSON lines of any shape, one object a line; lines that are none are read as text.
import type { Format } from "../format.ts";
import { parseObjectAt } from "../json/loose-json.ts";
import { textHead } from "../text-head.ts";
import { createLineReader } from "./line-entries.ts";

export const jsonLines: Format = {
  name: "jsonl",
  title: "JSON lines: DETR, DeiT, MMEngine, MMCV, detectron2, FLAML, LLaMA-Factory, W&B's history, your own",
  recognise(head, fileName = "") {
    const text = textHead(head);
    if (text === undefined) return 0;
    const lines = text
      .split(/[\r\n]+/)
      .filter((line) => line.trim() !== "")
      .slice(0, 50);
    const objects = lines.filter(
      (line) =>
        /^\s*\{/.test(line) && (parseObjectAt(line, line.indexOf("{")) !== undefined || line === lines.at(-1)),
    );
    if (objects.length === 0) return 0;
    return objects.length / lines.length > 0.5 || /\.(?:jsonl|ndjson)$/i.test(fileName) ? 0.8 : 0.2;
  },
  hasLines: true,
  create: createLineReader,
};
