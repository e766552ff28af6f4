// Numbers as they stand in text.

const NUMBER = /^[-+]?(?:\d+(?:,\d{3})*\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)\s*%?$/i;
const NO_NUMBER = /^[-+]?(nan|inf|infinity|none|null|n\/a|1\.#(?:inf|ind|qnan).*)$/i;

/** `null` for None and the like; `undefined` where the whole text is no number. A sign of per cent is left out. */
export function parseNumber(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 40 || trimmed === "") return undefined;
  if (NUMBER.test(trimmed)) return Number(trimmed.replaceAll(",", "").replace(/\s*%$/, ""));
  const word = NO_NUMBER.exec(trimmed)?.[1]?.toLowerCase();
  if (word === undefined) return undefined;
  if (word.startsWith("inf") || word.startsWith("1.#inf")) {
    return trimmed.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return word.startsWith("n") && word !== "nan" ? null : Number.NaN;
}
