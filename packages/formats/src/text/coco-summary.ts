// What pycocotools prints of an evaluation: twelve lines, told apart by overlap, size and number of detections.
import type { Field } from "../format.ts";

const LINE =
  /^\s*Average (Precision|Recall)\s+\((AP|AR)\) @\[ IoU=(\S+)\s*\| area=\s*(\w+) \| maxDets=\s*(\d+)\s*\] = (-?[\d.]+)\s*$/;

/** `AP`, `AP50`, `APs`, `AR100` and so on. -1 stands for no such object. */
export function cocoSummary(line: string): Field | undefined {
  if (!line.includes("@[ IoU=")) return undefined;
  const [, , name = "", overlap, area = "", most = "", value] = LINE.exec(line) ?? [];
  if (overlap === undefined) return undefined;
  const size = area === "all" ? "" : area.slice(0, 1);
  const at = overlap === "0.50" ? "50" : overlap === "0.75" ? "75" : "";
  const count = name === "AR" && size === "" ? most : "";
  return [`${name}${size}${at}${count}`, Number(value) < 0 ? null : Number(value)];
}
