// What programs print, by general rules; see text/parse-line.ts. It takes whatever no other format is sure of.
import type { Format } from "../format.ts";
import { textHead } from "../text-head.ts";
import { createLineReader } from "./line-entries.ts";

export const printedText: Format = {
  name: "text",
  title:
    "printed text: Keras, tqdm, nanoGPT, llm.c, XGBoost, LightGBM, MMEngine, YOLO, fairseq, accelerate, scikit-learn",
  recognise: (head) => (head.length === 0 || textHead(head) === undefined ? 0 : 0.3),
  hasLines: true,
  create: createLineReader,
};
