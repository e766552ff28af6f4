import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonText } from "./json-text.ts";

it("what a terminal acts on, or hides, is escaped; other text stays as it is", () => {
  expect(jsonText({ "a\u009b31m": "x\u202ey\u2028\u200b\u{e0041}\u007f" })).toBe(
    String.raw`{"a\u009b31m":"x\u202ey\u2028\u200b\udb40\udc41\u007f"}`,
  );
  expect(jsonText(["λ 猫 🐈 👩‍🚀"])).toBe('["λ 猫 🐈 👩‍🚀"]');
  expect(jsonText({ a: [1, null] }, 2)).toBe(JSON.stringify({ a: [1, null] }, null, 2));
});

it("whatever the value: it comes back as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      const text = jsonText(value);
      expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      expect(text).toSatisfy((json: string) => JSON.stringify(JSON.parse(json)) === JSON.stringify(value));
    }),
  );
});
