import { describe, expect, it } from "vitest";
import type { CellPicture, Row } from "../text/rows.ts";
import { DIACRITICS } from "./diacritics.ts";
import { createImages } from "./images.ts";

function picture(width = 2, height = 2): CellPicture {
  const rgba = Uint8ClampedArray.from({ length: width * height * 4 }, (_, index) => index % 251);
  return { pixels: { width, height, rgba }, columns: 3, rows: 2 };
}

function rowsOf(shown: CellPicture): Row[] {
  return [0, 1].map((row) => [{ text: "   ", picture: { picture: shown, row } }]);
}

/** Graphics commands as [keys, data]. */
function commands(text: string): [string, string][] {
  const parts = text.split("\u001b_G").slice(1);
  return parts.map((part) => {
    const [keys = "", data = ""] = part.replace("\u001b\\", "").split(";");
    return [keys, data];
  });
}

describe("DIACRITICS", () => {
  it("are the 297 of kitty's table: first, last, and some between", () => {
    expect(DIACRITICS.length).toBe(297);
    expect(new Set(DIACRITICS).size).toBe(297);
    const at = (index: number) => DIACRITICS[index]?.codePointAt(0)?.toString(16);
    expect([0, 1, 2, 3, 10, 63, 296].map(at)).toEqual(["305", "30d", "30e", "310", "34b", "658", "1d244"]);
  });

  it("are all marks that take no column", () => {
    for (const mark of DIACRITICS) expect(mark).toMatch(/^\p{Mn}$/u);
  });
});

describe("createImages", () => {
  it("sends a picture once, in chunks that give its bytes, with a place for its placeholders", () => {
    const images = createImages();
    const shown = picture(40, 40);
    const sent = commands(images.update(rowsOf(shown)));
    const chunks = sent.slice(0, -1);
    expect(chunks.every(([, data]) => data.length <= 4096 && data.length % 4 === 0)).toBe(true);
    expect(chunks.map(([keys]) => /m=(\d)/.exec(keys)?.[1])).toEqual(["1", "1", "0"]);
    expect(sent[0]?.[0]).toMatch(/^a=t,f=32,t=d,i=\d+,s=40,v=40,m=1,q=2$/);
    const bytes = Buffer.from(chunks.map(([, data]) => data).join(""), "base64");
    expect(bytes.equals(Buffer.from(shown.pixels.rgba))).toBe(true);
    expect(sent.at(-1)?.[0]).toMatch(/^a=p,U=1,i=\d+,c=3,r=2,q=2$/);
    expect(images.update(rowsOf(shown))).toBe("");
  });

  it("prints a placeholder for each cell, numbered from the first that is seen, in the colour of its id", () => {
    const images = createImages();
    const shown = picture();
    const id = Number(/i=(\d+)/.exec(images.update(rowsOf(shown)))?.[1]);
    const cells = images.cells({ text: "  ", picture: { picture: shown, row: 1, column: 1 } });
    const color = `\u001b[0;38;2;${id >> 16};${(id >> 8) & 255};${id & 255}m`;
    expect(cells).toBe(`${color}\u{10eeee}\u030d\u030d\u{10eeee}\u030d\u030e`);
  });

  it("has pictures that are gone deleted, at the latest at the end", () => {
    const images = createImages();
    const [first, second] = [picture(), picture()];
    const id = /i=(\d+)/.exec(images.update(rowsOf(first)))?.[1];
    const next = commands(images.update(rowsOf(second))).map(([keys]) => keys);
    expect(next[0]).toBe(`a=d,d=I,i=${id},q=2`);
    expect(next[1]).toMatch(/^a=t/);
    expect(next[1]).not.toContain(`i=${id},`);
    expect(commands(images.clear()).map(([keys]) => keys)).toEqual([
      expect.stringMatching(/^a=d,d=I,i=\d+,q=2$/),
    ]);
    expect(images.clear()).toBe("");
  });
});
