// The charts' font, for pages: where it is missing, labels are wider than the charts have room for.
import { readFile } from "node:fs/promises";
import { FONT_FAMILY, fontFiles } from "@trainscope/viz/parts";

/** Rules that hold the font's files, under the name that the charts ask for. */
export async function fontFaces(): Promise<string> {
  const rules = fontFiles().map(async ({ weight, path }) => {
    const bytes = await readFile(path);
    const url = `data:font/ttf;base64,${bytes.toString("base64")}`;
    return `@font-face{font-family:"${FONT_FAMILY}";font-weight:${weight};src:url(${url})}\n`;
  });
  return (await Promise.all(rules)).join("");
}
