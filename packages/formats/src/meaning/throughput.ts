// How much a program gets through in a second: what it calls that, and of what it is.

/** By what is counted, in lower case with underscores between the words. */
const UNITS: readonly (readonly [name: RegExp, unit: string])[] = [
  [/(?:^|_)(?:tokens?|tok|words?)_(?:per_|s(?:ec)?(?:_|$))|^(?:tps|wps|tgs)$/, "tokens/s"],
  [/(?:^|_)(?:images?|imgs?)_(?:per_|s(?:ec)?(?:_|$))/, "images/s"],
  [/(?:^|_)(?:samples?|examples?)_(?:per_|s(?:ec)?(?:_|$))|samplespersec|^ips$/, "samples/s"],
  [/(?:^|_)(?:steps?|iter(?:ation)?s?|it|updates?|batch(?:es)?)_(?:per_|s(?:ec)?(?:_|$))|^ups$/, "steps/s"],
  [/(?:^|_)fps(?:_|$)/, "frames/s"],
];

/** `undefined` for what is no throughput. `key`: lower case, underscores between the words. */
export function throughputUnit(key: string): string | undefined {
  return UNITS.find(([name]) => name.test(key))?.[1];
}

/** What a figure of such a unit is called where a line has no better name for it: `149226 tok/s`. */
export function throughputName(unit: string): string | undefined {
  const [, counted = ""] = /^(it|imgs?|samples?|tok|tokens)\/(?:s|sec)$/.exec(unit) ?? [];
  if (counted === "") return undefined;
  const of =
    counted === "it"
      ? "steps"
      : counted.startsWith("im")
        ? "images"
        : counted.startsWith("s")
          ? "samples"
          : "tokens";
  return `${of}_per_second`;
}
