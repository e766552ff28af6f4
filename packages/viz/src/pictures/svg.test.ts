import { escapeXml } from "@trainscope/core/text";
import { expect, test } from "vitest";
import { decodePicture } from "../testing/golden.ts";

const CONTROL = String.fromCharCode(0, 7, 27);
const HALF_SURROGATE = String.fromCharCode(0xd800);

test("whatever the name, an SVG with it is parsed by an XML parser", async () => {
  for (const name of [`<&"'>`, "]]>", "<!--", "&amp;", "</text>", `${CONTROL}${HALF_SURROGATE}`]) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title id="${escapeXml(name)}">${escapeXml(name)}</title></svg>`;
    await expect(decodePicture(svg)).resolves.toMatchObject({ width: 9 });
  }
});
