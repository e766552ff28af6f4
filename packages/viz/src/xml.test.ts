import { expect, test } from "vitest";
import { decodePicture } from "./testing/golden.ts";
import { escapeXml } from "./xml.ts";

const CONTROL = String.fromCharCode(0, 7, 27);
const HALF_SURROGATE = String.fromCharCode(0xd800);

test("markup, quotes and what XML can't hold are made harmless; other text stays", () => {
  expect(escapeXml(`<&"'>`)).toBe("&lt;&amp;&quot;&#39;&gt;");
  expect(escapeXml("λ × η, zwölf, 猫, 🐈")).toBe("λ × η, zwölf, 猫, 🐈");
  expect(escapeXml(`${CONTROL}${HALF_SURROGATE}x`)).toBe("\ufffd\ufffd\ufffd\ufffdx");
});

test("whatever the name, an SVG with it is parsed by an XML parser", async () => {
  for (const name of [`<&"'>`, "]]>", "<!--", "&amp;", "</text>", `${CONTROL}${HALF_SURROGATE}`]) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title id="${escapeXml(name)}">${escapeXml(name)}</title></svg>`;
    await expect(decodePicture(svg)).resolves.toMatchObject({ width: 9 });
  }
});
