import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSplitter, type TerminalEvent } from "./input.ts";

const ESC = "\u001b";

function read(...chunks: readonly string[]): { keys: string; events: TerminalEvent[] } {
  const splitter = createSplitter();
  const inputs = chunks.map((chunk) => splitter.push(chunk));
  return { keys: inputs.map(({ keys }) => keys).join(""), events: inputs.flatMap(({ events }) => events) };
}

const ANSWERS: readonly (readonly [string, string, readonly TerminalEvent[]])[] = [
  ["a dark background", `${ESC}]11;rgb:1e1e/1e1e/2e2e${ESC}\\`, [{ kind: "background", light: false }]],
  [
    "a light background, ended by a bell",
    `${ESC}]11;rgb:ff/fa/f0\u0007`,
    [{ kind: "background", light: true }],
  ],
  ["pictures", `${ESC}_Gi=31;OK${ESC}\\`, [{ kind: "kitty", ok: true }]],
  ["no such pictures", `${ESC}_Gi=31;EINVAL: what${ESC}\\`, [{ kind: "kitty", ok: false }]],
  ["a click", `${ESC}[<0;10;5M`, [{ kind: "mouse", action: "press", column: 9, row: 4, button: 0 }]],
  ["its end", `${ESC}[<2;1;1m`, [{ kind: "mouse", action: "release", column: 0, row: 0, button: 2 }]],
  [
    "the wheel",
    `${ESC}[<65;200;60M`,
    [{ kind: "mouse", action: "wheel-down", column: 199, row: 59, button: 1 }],
  ],
  [
    "the wheel as of old",
    `${ESC}[M\`!"`,
    [{ kind: "mouse", action: "wheel-up", column: 0, row: 1, button: 0 }],
  ],
  ["a click as of old, too far to the right for a sign", `${ESC}[M \u0000!`, []],
  ["a movement", `${ESC}[<35;3;4M`, []],
  ["device attributes", `${ESC}[?62;22c`, [{ kind: "attributes" }]],
  ["a palette that nobody asked for", `${ESC}]4;1;rgb:ffff/0000/0000${ESC}\\`, []],
];

describe("createSplitter", () => {
  it.each(ANSWERS)("knows %s", (_, text, events) => {
    expect(read(text)).toEqual({ keys: "", events });
  });

  it.each([
    "q",
    " ",
    "é",
    "🚀",
    `${ESC}[A`,
    `${ESC}[1;5C`,
    `${ESC}OP`,
    `${ESC}[[A`,
    `${ESC}[2$`,
    `${ESC}x`,
    `${ESC}${ESC}[A`,
  ])("leaves the key %j as it is", (key) => {
    expect(read(`${key}j`)).toEqual({ keys: `${key}j`, events: [] });
  });

  it("never takes a part of an answer for keys, wherever it is cut, and loses no key beside it", () => {
    const part = fc.oneof(
      fc.constantFrom(...ANSWERS.map(([, text, events]) => ({ text, keys: "", events }))),
      fc.constantFrom("q", "xyz", `${ESC}[B`, `${ESC}[5~`).map((keys) => ({ text: keys, keys, events: [] })),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.array(fc.nat(60), { maxLength: 6 }), (parts, cuts) => {
        const text = parts.map((piece) => piece.text).join("");
        const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(read(...chunks)).toEqual({
          keys: parts.map(({ keys }) => keys).join(""),
          events: parts.flatMap(({ events }) => events),
        });
      }),
    );
  });

  it("takes Esc for the key soon, and what belongs to it still for an answer when it comes later", () => {
    for (const [, text, events] of ANSWERS) {
      const splitter = createSplitter();
      expect(splitter.push(text.slice(0, 1))).toEqual({ keys: "", events: [] });
      expect(splitter.patience).toBeLessThan(20);
      expect(splitter.expire().keys).toBe(ESC);
      expect(splitter.push(text.slice(1, 2)).keys).toBe("");
      expect(splitter.push(text.slice(2))).toEqual({ keys: "", events });
    }
  });

  it("gives a bracket that was typed after Esc, and forgets an answer that never ends", () => {
    const splitter = createSplitter();
    splitter.push(ESC);
    splitter.expire();
    expect(splitter.push("]").keys).toBe("");
    expect(splitter.expire().keys).toBe("]");
    expect(splitter.push("]").keys).toBe("]");
    expect(splitter.push(`${ESC}]11;rgb:`).keys).toBe("");
    expect(splitter.patience).toBeGreaterThan(100);
    expect(splitter.expire()).toEqual({ keys: "", events: [] });
    expect(splitter.patience).toBeUndefined();
    expect(splitter.push("q").keys).toBe("q");
  });

  it("drops an answer that another sequence breaks off", () => {
    expect(read(`${ESC}]11;rgb:1e1e/${ESC}[A`)).toEqual({ keys: `${ESC}[A`, events: [] });
  });
});
