// The kinds of value that the schemas are made of, each with the words for what it expects.
import * as z from "zod/mini";

/** A text, for a schema. */
export const STRING = z.string("a string");

/** True or false, for a schema. */
export const BOOLEAN = z.boolean("true or false");
/** Finite: JSON's `1e999` is read as infinite. */
export const NUMBER = z.number("a number");

/** A whole number of at least 0, for a schema. */
export const COUNT = z.int("a whole number").check(z.minimum(0, "a whole number"));

/** Values by tag; `null` where one is missing. */
export const METRIC_VALUES = z.record(
  STRING,
  z.union([NUMBER, z.null()], "a number or null"),
  "an object of numbers and nulls",
);

/** One of the names. */
export function oneOf<const Names extends readonly string[]>(names: Names) {
  return z.enum(names, names.length > 4 ? `one of ${names.join(", ")}` : names.map(inQuotes).join(" or "));
}

/** A list of what the schema describes. */
export function listOf<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.array(schema, "an array");
}

/** Whatever else the object has is left out. */
export function shapeOf<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.object(shape, "an object");
}

/** Names that another program, or a newer version, may have more of: what reads them passes any other on as it is. */
export function openName<Name extends string>() {
  return z.custom<Name>((value) => typeof value === "string", "a string");
}

/** What `check` doesn't throw at. */
export function acceptedBy<Value>(check: (value: Value) => void, words: string) {
  return z.custom<Value>((value) => {
    try {
      check(value as Value);
      return true;
    } catch {
      return false;
    }
  }, words);
}

/**
 * The id of a run, which names its folder: letters, digits, "-", "_" and ".", not beginning with a dot. So it leads
 * nowhere else where it is joined to a path.
 */
export const RUN_ID = z
  .string("the id of a run")
  .check(z.regex(/^[\p{L}\p{N}_-][\p{L}\p{N}._-]{0,199}$/u, "the id of a run: a plain folder name"));

function inQuotes(name: string): string {
  return JSON.stringify(name);
}
