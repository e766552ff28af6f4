// Rows without a header of `results.txt`, as YOLOv3, v5 (before its CSV) and v7 write it: epoch, memory, losses of training, sizes,
// scores, losses of validation.
import type { Field } from "../format.ts";
import { parseNumber } from "./numbers.ts";

const ROW = /^\s*(\d+)\/(\d+)\s+[\d.]+[GM]((?:\s+[-+\d.enaif]+){6,13})\s*$/;
const NAMES = [
  "train box_loss",
  "train obj_loss",
  "train cls_loss",
  "train total_loss",
  "labels",
  "img_size",
  "validation P",
  "validation R",
  "validation mAP50",
  "validation mAP50-95",
  "validation box_loss",
  "validation obj_loss",
  "validation cls_loss",
];

/** Seven of thirteen numbers are there only where it was validated. */
export function yoloRow(line: string): readonly Field[] | undefined {
  const [, epoch, epochs, rest = ""] = line.includes("G") || line.includes("M") ? (ROW.exec(line) ?? []) : [];
  const values = rest.trim().split(/\s+/).map(parseNumber);
  if (epoch === undefined || (values.length !== 6 && values.length !== NAMES.length)) return undefined;
  return [
    ["epoch", Number(epoch)],
    ["epochs", Number(epochs)],
    ...values.flatMap((value, index): Field[] => {
      const name = NAMES[index] ?? "";
      return value === undefined || !name.includes(" ") ? [] : [[name, value]];
    }),
  ];
}
