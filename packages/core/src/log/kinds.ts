// What a value read from JSON may be: each kind has its words, and tells whether a value is of it.

export interface Kind {
  /** As it stands after "a" or "an", and in the documents. */
  readonly words: string;
  holds(value: unknown): boolean;
}

export const STRING: Kind = { words: "string", holds: (value) => typeof value === "string" };
export const BOOLEAN: Kind = { words: "boolean", holds: (value) => typeof value === "boolean" };
/** JSON's `1e999` is read as infinite. */
export const NUMBER: Kind = { words: "number", holds: (value) => Number.isFinite(value) };
export const COUNT: Kind = {
  words: "whole number",
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};
export const OBJECT: Kind = {
  words: "object",
  holds: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};
const FIGURE = orNull(NUMBER);
export const FIGURES: Kind = {
  words: "object of numbers and nulls",
  holds: (value) => OBJECT.holds(value) && Object.values(value as object).every(FIGURE.holds),
};

export function oneOf(names: readonly string[]): Kind {
  return {
    words: names.map((name) => JSON.stringify(name)).join(" or "),
    holds: (value) => names.some((name) => name === value),
  };
}

export function orNull({ words, holds }: Kind): Kind {
  return { words: `${words} or null`, holds: (value) => value === null || holds(value) };
}

export function either(one: Kind, other: Kind): Kind {
  return { words: `${one.words} or ${other.words}`, holds: (value) => one.holds(value) || other.holds(value) };
}

export function listOf({ words, holds }: Kind): Kind {
  return { words: `array of ${words}`, holds: (value) => Array.isArray(value) && value.every(holds) };
}

/** By name; one that may be missing ends in "?". */
export type Fields = Readonly<Record<string, Kind>>;

/** Whatever else the object has is nobody's business. */
export function shapeOf(words: string, fields: Fields): Kind {
  return { words, holds: (value) => OBJECT.holds(value) && findWrong(value as object, fields) === undefined };
}

/** What `check` doesn't throw at. */
export function acceptedBy(words: string, check: (value: never) => void): Kind {
  return {
    words,
    holds(value) {
      try {
        check(value as never);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** The first field that is missing or of another kind, and the kind it should have. */
export function findWrong(value: object, fields: Fields): readonly [name: string, kind: Kind] | undefined {
  const found = value as Readonly<Record<string, unknown>>;
  for (const { name, kind, mayBeMissing } of listed(fields)) {
    const field = found[name];
    if (!(mayBeMissing && field === undefined) && !kind.holds(field)) return [name, kind];
  }
  return undefined;
}

interface ListedField {
  readonly name: string;
  readonly kind: Kind;
  readonly mayBeMissing: boolean;
}

/** Taken apart once: a long log has a hundred thousand values to check. */
const taken = new WeakMap<Fields, readonly ListedField[]>();

function listed(fields: Fields): readonly ListedField[] {
  const known = taken.get(fields);
  if (known !== undefined) return known;
  const list = Object.entries(fields).map(([field, kind]): ListedField => {
    const mayBeMissing = field.endsWith("?");
    return { name: mayBeMissing ? field.slice(0, -1) : field, kind, mayBeMissing };
  });
  taken.set(fields, list);
  return list;
}
