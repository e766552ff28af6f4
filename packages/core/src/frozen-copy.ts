// Plain data that several parties read: what none of them can change.

const copies = new WeakSet<object>();

/** Of what JSON can hold; anything else in it is taken as it is, and so is what this has made. */
export function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || copies.has(value)) return value;
  const copy = copyOf(value);
  copies.add(copy);
  return copy;
}

function copyOf<Value extends object>(value: Value): Value {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as unknown as Value;
  const copy: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) copy[key] = frozenCopy(entry);
  return Object.freeze(copy) as Value;
}

/** What the caller has just made, and nobody else holds, becomes one as it is. */
export function freezeOwn<Value extends object>(value: Value): Value {
  const entries: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  // An iterator would make an object of each number.
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (typeof entry === "object" && entry !== null) freezeOwn(entry);
  }
  copies.add(value);
  return Object.freeze(value);
}
