import { describe, expect, it } from "vitest";
import { type Row, run } from "../text/rows.ts";
import { cellShape } from "./cell-shapes.ts";
import { animatedScreenSvg, screenSvg } from "./screen-svg.ts";

const options = { columns: 20, rows: 2, title: "A screen" };
const svgOf = (...rows: Row[]): string => screenSvg(rows, options);

describe("a picture of the screen", () => {
  it("puts text at its column, stretched to its cells, and keeps its style", () => {
    const svg = svgOf([run("ab  "), run("loss 1.7", { bold: true, color: "cyan" })]);
    expect(svg).toContain('<text x="0" y="13.5" textLength="18" fill="#d6dae2">ab</text>');
    expect(svg).toContain('x="36" y="13.5" textLength="72" fill="#56b6c2" font-weight="bold">loss 1.7</text>');
  });

  it("draws as many dots as a Braille sign has, and none as text", () => {
    const svg = svgOf([run("⣿⠁")]);
    expect(svg.match(/M[\d.]+ [\d.]+h3v3h-3z/g)).toHaveLength(9);
    expect(svg).not.toContain("<text");
  });

  it("is XML whatever the text is", () => {
    const svg = screenSvg([[run('<b> & "c"')]], { ...options, title: "a < b & c" });
    expect(svg).toContain(">&lt;b&gt; &amp; &quot;c&quot;</text>");
    expect(svg).toContain("<title>a &lt; b &amp; c</title>");
  });

  it("has nothing that XML has no place for", () => {
    const svg = screenSvg([[run("a\u0000b\u001b[31m\ud800c\uffff]]>")]], {
      ...options,
      title: "\u0007\udfff]]>",
    });
    expect(svg).toContain(">a b\ufffdc\ufffd]]&gt;</text>");
    expect(svg).toContain("<title> \ufffd]]&gt;</title>");
  });

  it("shows of a picture what isn't covered, at its place", () => {
    const rgba = new Uint8ClampedArray([1, 1, 1, 255, 2, 2, 2, 255, 3, 3, 3, 255, 4, 4, 4, 255]);
    const picture = { pixels: { width: 4, height: 1, rgba }, columns: 4, rows: 1 };
    const svg = svgOf([run("ab"), { text: "  ", picture: { picture, row: 0, column: 2 } }]);
    expect([...svg.matchAll(/rgb\((\d).*?M(\d+) 0h/g)].map(([, value, x]) => [value, x])).toEqual([
      ["3", "18"],
      ["4", "27"],
    ]);
  });

  it("fills half a cell in the ink's colour over the background's", () => {
    const svg = svgOf([run("▀", { color: 0xff0000, background: 0x0000ff })]);
    expect(svg).toContain('<path fill="#0000ff" d="M0 0h9v18h-9z"/>');
    expect(svg).toContain('<path fill="#ff0000" d="M0 0h9v9h-9z"/>');
  });

  it.each([..."─│╭╮╰╯┤┬┄╸━"])("%s reaches no further than its cell", (sign) => {
    const numbers = [...(cellShape(sign, 90, 180) ?? "").matchAll(/[MQL]([\d.]+) ([\d.]+)/g)];
    expect(numbers.length).toBeGreaterThan(0);
    for (const [, x, y] of numbers) {
      expect(Number(x)).toBeGreaterThanOrEqual(90);
      expect(Number(x)).toBeLessThanOrEqual(99);
      expect(Number(y)).toBeGreaterThanOrEqual(180);
      expect(Number(y)).toBeLessThanOrEqual(198);
    }
  });
});

describe("a picture over time", () => {
  const frames = [
    { rows: [[run("title")], [run("one")]], milliseconds: 1000 },
    { rows: [[run("title")], [run("two")]], milliseconds: 3000 },
  ];

  it("has a row that never changes once, and the others for as long as they were there", () => {
    const svg = animatedScreenSvg(frames, options);
    expect(svg.match(/>title</g)).toHaveLength(1);
    expect(svg).toContain('dur="4000ms" repeatCount="indefinite" values="visible;hidden" keyTimes="0;0.25"');
    expect(svg).toContain('values="hidden;visible" keyTimes="0;0.25"');
  });

  it("shows what an empty row follows no longer than it was there", () => {
    const blank = [...frames, { rows: [[run("title")]], milliseconds: 4000 }];
    expect(animatedScreenSvg(blank, options)).toContain(
      'values="hidden;visible;hidden" keyTimes="0;0.125;0.5"',
    );
  });
});
