import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageOf } from "./errors.ts";

const throwing = {
  get message(): string {
    throw new Error("no message");
  },
};
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

/** Thrown values of which no text can be had the usual way. */
const TEXTLESS: readonly (readonly [string, unknown])[] = [
  ["an object without a prototype", Object.create(null)],
  ["a getter that throws", Object.setPrototypeOf(Object.create(throwing), Error.prototype)],
  [
    "an error with a message that throws",
    Object.defineProperties(new Error("x"), { message: { get: () => throwing.message } }),
  ],
  ["a revoked proxy", revoked],
  ["an object whose toString gives no text", { toString: () => ({}) }],
];

describe("messageOf", () => {
  it.each(TEXTLESS)("never throws itself: %s", (_, thrown) => {
    expect(typeof messageOf(thrown)).toBe("string");
    expect(messageOf(thrown)).not.toBe("");
  });

  it.each([
    [Object.assign(new Error("x"), { message: { code: 5 } }), "[object Object]"],
    [Symbol("stop"), "Symbol(stop)"],
    [5n, "5"],
    [new Error("first\nsecond"), "first"],
    [new TypeError(""), "TypeError"],
  ])("gives one line of text for %o", (thrown, text) => {
    expect(messageOf(thrown)).toBe(text);
  });

  it("gives text for anything", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (thrown) => typeof messageOf(thrown) === "string"),
    );
  });
});
