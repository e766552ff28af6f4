// Lines that have each value before its name: what Darknet prints of a batch.
import type { Field } from "../format.ts";

/** `9778: 2.842975, 2.820235 avg, 0.000100 rate, 3.862133 seconds, 625792 images` */
const LINE =
  /^\s*(\d+):\s+([-+]?[\d.]+(?:e[-+]?\d+)?|-?nan|-?inf),((?:\s*[-+]?[\w.+-]+ [a-z][a-z ]*,?){2,})\s*$/i;
const PART = /^\s*(\S+) ([a-z][a-z ]*?)\s*$/i;

/** The first value has no name: it is the loss whose mean follows. */
export function valuesBeforeNames(line: string): readonly Field[] | undefined {
  if (!/^\s*\d+: /.test(line)) return undefined;
  const [, step, first = "", rest = ""] = LINE.exec(line) ?? [];
  if (step === undefined) return undefined;
  const fields = rest.split(",").flatMap((part): Field[] => {
    const [, value = "", name = ""] = PART.exec(part) ?? [];
    return name === "" ? [] : [[nameOf(name), numberOf(value)]];
  });
  return [["step", Number(step)], ["loss", numberOf(first)], ...fields];
}

function nameOf(name: string): string {
  if (/^avg\b/i.test(name)) return "avg_loss";
  return name === "rate" ? "learning_rate" : name;
}

function numberOf(text: string): number {
  const word = text.toLowerCase();
  if (word.endsWith("inf")) return word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(word);
}
