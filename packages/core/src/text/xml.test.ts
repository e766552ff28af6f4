import fc from "fast-check";
import { expect, it } from "vitest";
import { escapeXml } from "./xml.ts";

it("markup and quotes are made harmless; other text stays", () => {
  expect(escapeXml(`<&"'>`)).toBe("&lt;&amp;&quot;&#39;&gt;");
  expect(escapeXml("λ × η, zwölf, 猫, 🐈\nnext")).toBe("λ × η, zwölf, 猫, 🐈\nnext");
  expect(escapeXml("a\u0000b\u001b[31m\ud800\ufffex\u202e")).toBe("a b\ufffd\ufffdx");
});

it("whatever the text: only what XML 1.0 can hold, and no markup", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(escapeXml(text)).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
      expect(escapeXml(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
    { numRuns: 1000 },
  );
});
