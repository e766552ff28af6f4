// Data from outside held against a schema. Each schema's `error` says in words what it expects; what is wrong is told by
// its place, what was found there, and those words.
import * as z from "zod/mini";
import { describeValue } from "../text/describe-value.ts";

/** What a schema makes of a value, with every default filled in, or what is wrong with the value, as a clause. */
export type Checked<Value> = { readonly value: Value } | { readonly reason: string };

/** Of a check whose `error` is the whole clause, and says what was found as well. */
export const CLAUSE = { params: { isClause: true } };

/**
 * Reads data from outside by a schema. Never throws: what doesn't fit says where, and both sides of the mismatch.
 */
export function checkShape<Value>(schema: z.ZodMiniType<Value>, value: unknown): Checked<Value> {
  const { success, data, error } = z.safeParse(schema, value);
  return success ? { value: data } : { reason: reasonOf(error.issues[0], value) };
}

/** As `checkShape`, of text that is to be JSON. */
export function checkJson<Value>(schema: z.ZodMiniType<Value>, text: string): Checked<Value> {
  const json = parseJson(text);
  return "reason" in json ? json : checkShape(schema, json.value);
}

/** The value, or what is wrong with the text. */
export function parseJson(text: string): Checked<unknown> {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { reason: `it is no JSON: ${(error as SyntaxError).message.split("\n", 1)[0]}` };
  }
}

function reasonOf(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  if (issue === undefined) return "it is of another kind";
  const { path, message } = issue;
  if (issue.code === "custom" && issue.params?.isClause === true) return message;
  return `${placeOf(path)} is ${describeValue(valueAt(value, path))}; expected ${message}`;
}

/** `metrics[3].tag`, `metrics["train/loss"]` */
function placeOf(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    const name = String(step);
    return /^\w+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  });
  return steps.length === 0 ? "it" : steps.join("").replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((found, step) => (found as Readonly<Record<PropertyKey, unknown>> | null)?.[step], value);
}
