// What the figures of a printed line are, once all of them are known.
import { isLoss, isMeasure, splitOfWord } from "../meaning/words.ts";

type Figure = [name: string, value: number | null];

/** `Loss: 1.2, Train: 90%, Val: 80%`: several splits by themselves in per cent, beside a loss, are accuracies. */
export function nameAccuracies(fields: readonly Figure[], ofPerCent: readonly Figure[]): void {
  if (ofPerCent.length < 2) return;
  const bare = ofPerCent.filter(([name]) => splitOfWord(name) !== undefined);
  const hasLoss = fields.some(([name]) => /loss/i.test(name) && isLoss(keyOf(name)));
  if (bare.length > 1 && hasLoss) for (const field of bare) field[0] += " accuracy";
}

/** `exit with error 1`, `error: 2 files missing`: an error without a split or another measure is told in a message. */
export function isOfProgram([name]: Figure): boolean {
  const words = name.split(/[^\p{Letter}\p{Number}]+/u).filter((word) => word !== "");
  if (!/^errors?$/i.test(words.at(-1) ?? "")) return !isMeasure(name);
  return !words.slice(0, -1).some((word) => splitOfWord(word) !== undefined || isQuality(word));
}

/** `mean squared error` */
function isQuality(word: string): boolean {
  return isMeasure(word) || /^(?:mean|avg|average|squared?|absolute|relative|classification)$/i.test(word);
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
}
