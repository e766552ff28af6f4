// Functions that make a plugin, a metric or an exporter of options.

import { isPromise } from "../metrics/metric-result.ts";
import { describeValue } from "../text/describe-value.ts";
import { bad } from "./check-fields.ts";
import type { StandardIssue, StandardResult, StandardSchema } from "./standard-schema.ts";

/** Left out where all of them may be. */
type Given<Input> = Partial<Input> extends Input ? [options?: Input] : [options: Input];

/**
 * A function that checks its options by a schema of any library that fulfils Standard Schema, and hands on what the schema makes
 * of them, defaults included: `defineFactory("top-k", z.object({ k: z.int().min(1).default(5) }), ({ k }) => ...)`. Left out they
 * are `{}`. Throws `BAD_PLUGIN` with every option that is wrong.
 */
export function defineFactory<Input, Output, Made>(
  name: string,
  schema: StandardSchema<Input, Output>,
  create: (options: Output) => Made,
): (...given: Given<Input>) => Made {
  return (...[options]) => create(validate(name, schema, options ?? {}));
}

function validate<Output>(name: string, schema: StandardSchema<unknown, Output>, options: unknown): Output {
  const where = `factory "${name}"`;
  const result = schema["~standard"].validate(options);
  if (isPromise(result)) {
    throw bad(where, "its schema checks in a promise; expected one that checks at once");
  }
  const checked = result as StandardResult<Output>;
  if (checked.issues === undefined) return checked.value;
  const found = checked.issues.map(
    ({ path = [], message }) => `${placeOf(path)}${valueAt(options, path)}: ${message}`,
  );
  throw bad(where, found.join("; "));
}

function keysOf(path: NonNullable<StandardIssue["path"]>): readonly PropertyKey[] {
  return path.map((part) => (typeof part === "object" ? part.key : part));
}

function placeOf(path: NonNullable<StandardIssue["path"]>): string {
  return ["options", ...keysOf(path).map(String)].join(".");
}

/** Not every library says what it has found. */
function valueAt(options: unknown, path: NonNullable<StandardIssue["path"]>): string {
  let value = options;
  for (const key of keysOf(path)) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return ` is ${describeValue(value)}`;
}
