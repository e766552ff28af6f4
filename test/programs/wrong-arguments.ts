// Calls every function that a package exports with what it doesn't take, and tells on standard output, as JSON, what was thrown
// and is no TrainscopeError. In a process and a folder of its own: a function that takes a word as a path may write there.
import { isTrainscopeError } from "@trainscope/core/errors";

const VALUES: readonly (readonly [string, readonly unknown[]])[] = [
  ["nothing", []],
  ["null", [null]],
  ["a text", ["x"]],
  ["a number", [3]],
  ["a list", [[1]]],
  ["an empty object", [{}]],
  ["a function", [() => 1]],
];

type Called = { subscribe?(observer: object): { unsubscribe(): void } } | null | undefined;

/** What it gives may fail later: a promise, or a stream. */
async function call(
  exported: (...given: readonly unknown[]) => unknown,
  given: readonly unknown[],
): Promise<void> {
  const result = exported(...given) as Called;
  if (typeof result?.subscribe !== "function") await result;
  else
    await new Promise((resolve, reject) => result.subscribe?.({ error: reject, complete: () => resolve(0) }));
}

const found: string[] = [];
for (const name of process.argv.slice(2)) {
  for (const [key, exported] of Object.entries(await import(name))) {
    // Classes are for engines, formats and errors; they take what TypeScript says.
    if (typeof exported !== "function" || /^class\b/.test(String(exported))) continue;
    for (const [kind, given] of VALUES) {
      await call(exported as () => unknown, given).catch((thrown) => {
        if (!isTrainscopeError(thrown)) found.push(`${name} ${key}(${kind}): ${thrown}`);
      });
    }
  }
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
