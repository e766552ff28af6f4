// Checks of what a plugin is made of: which field is wrong, what it is and what was expected. All throw `BAD_PLUGIN`.
import { TrainscopeError } from "../errors.ts";
import { nearest } from "../text/nearest.ts";

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function nameOf(kind: string, value: { readonly name?: unknown } | null | undefined): string {
  const name = value?.name;
  if (typeof name !== "string" || !NAME.test(name)) {
    const found = value === null || value === undefined ? String(value) : `named ${JSON.stringify(name)}`;
    throw bad(kind, `${found}; expected a name of lower case words joined by hyphens, such as "top-3"`);
  }
  return `${kind} "${name}"`;
}

/** For fields that may be left out. */
export function requireKind(where: string, field: string, value: unknown, kind: string): void {
  if (value === undefined) return;
  const found = value === null ? "null" : typeof value;
  if (found !== kind) throw bad(where, `${field} is ${found}; expected ${kind}, or nothing`);
}

export function requireFunctions(where: string, value: object, names: readonly string[]): void {
  for (const name of names) {
    const found = (value as Record<string, unknown>)[name];
    if (typeof found !== "function") throw bad(where, `${name} is ${typeof found}; expected a function`);
  }
}

export function listOf<Item>(
  where: string,
  field: string,
  value: readonly Item[] | undefined,
): readonly Item[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw bad(where, `${field} is ${typeof value}; expected a list`);
  return value;
}

export function bad(where: string, text: string, details: { readonly hint?: string } = {}): TrainscopeError {
  return new TrainscopeError("BAD_PLUGIN", `${where}: ${text}`, details);
}

/** `names`: all that there may be. */
export function requireKnown(where: string, value: object, names: readonly string[]): void {
  for (const field of Object.keys(value)) {
    if (names.includes(field)) continue;
    const near = nearest(field, names);
    throw bad(where, `unknown field ${JSON.stringify(field)}`, {
      hint: near === undefined ? `The fields are ${names.join(", ")}.` : `Is it ${near} that you mean?`,
    });
  }
}
