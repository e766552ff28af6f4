// Typed arrays as JSON can hold them: a checkpoint keeps what a metric carries from epoch to epoch.
import { TrainscopeError } from "@trainscope/core/errors";
import type { Numbers } from "./accumulators/append.ts";

/** The bytes as base64: a fifth of what the numbers would take as text. */
export function encodeNumbers(values: Numbers): {
  readonly precision: "float32" | "float64";
  readonly base64: string;
} {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { precision: values instanceof Float32Array ? "float32" : "float64", base64: btoa(text) };
}

/** Throws `BAD_DATA` for what `encodeNumbers` didn't make. */
export function decodeNumbers(value: unknown): Numbers {
  const { precision, base64 } = Object(value) as { precision?: unknown; base64?: unknown };
  if (typeof base64 !== "string" || (precision !== "float32" && precision !== "float64")) {
    throw new TrainscopeError("BAD_DATA", "a metric's saved numbers have no precision and base64");
  }
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return precision === "float32" ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
}
