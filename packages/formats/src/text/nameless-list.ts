// A list of numbers alone in a line, below one that told its place: `[2.41, 2.35, 3.12, 200, 0.0002]`.
import type { Field } from "../format.ts";
import { parseNumber } from "./numbers.ts";

const LIST = /^\s*\[([-+\w.,\s]{3,2000})\]\s*$/;
/** Longer lists are data rather than figures. */
const LONGEST = 64;

/** Their names say where they stand. The only whole number, before a last one below 1, is the step before a learning rate. */
export function namelessList(text: string): readonly Field[] | undefined {
  const items =
    LIST.exec(text)?.[1]
      ?.trim()
      .split(/\s*,\s*|\s+/) ?? [];
  const values = items.map(parseNumber);
  const isOfFigures =
    values.every((value) => typeof value === "number") && items.some((item) => /\.|nan/i.test(item));
  if (!isOfFigures || items.length < 2 || items.length > LONGEST) return undefined;
  const last = items.length - 1;
  const isWhole = (item: string | undefined): boolean => /^\d+$/.test(item ?? "");
  const hasStep = last > 1 && isWhole(items[last - 1]) && !isWhole(items[last]) && Number(items[last]) < 1;
  return values.map((value, index): Field => {
    const name =
      hasStep && index === last
        ? "learning_rate"
        : hasStep && index === last - 1
          ? "step"
          : `column ${index + 1}`;
    return [name, value ?? null];
  });
}
