import { describe, expect, test } from "vitest";
import { RGB, seededMistakes } from "../testing/fixtures.ts";
import { decodePicture } from "../testing/golden.ts";
import { layOutMistakes, renderMistakes } from "./mistakes.ts";

const mistakes = seededMistakes(7);
const [first] = mistakes as [(typeof mistakes)[0]];

describe("pictures of mistakes", () => {
  test("every image is enlarged to exact blocks of its own colours", async () => {
    const options = { mistakes, shape: RGB, columns: 3, enlarge: 2 };
    const picture = await decodePicture(renderMistakes(options, "png"));
    const { images } = layOutMistakes(options);
    images.forEach(({ x, y }, place) => {
      for (const [dx, dy] of [
        [0, 0],
        [17, 40],
        [63, 63],
        [62, 1],
      ] as const) {
        const pixel = Math.floor(dy / 2) * 32 + Math.floor(dx / 2);
        const at = 4 * ((y + dy) * picture.width + x + dx);
        const expected = [0, 1, 2].map((channel) => mistakes[place]?.image[channel * 1024 + pixel]);
        expect([...picture.data.slice(at, at + 3)]).toEqual(expected);
      }
    });
  });

  test("what was said and what it is stand beneath, with their probabilities, and no false certainty", () => {
    const given = {
      ...first,
      answer: "truck",
      label: "automobile",
      answerProbability: 0.9321,
      labelProbability: 0.0412,
    };
    const textsOf = (mistake: typeof first) =>
      layOutMistakes({ mistakes: [mistake], shape: RGB, title: "" }).texts.map(({ text }) => text);
    expect(textsOf(given)).toEqual(["says truck, 93\u00a0%", "is automobile, 4\u00a0%"]);
    expect(textsOf({ ...given, answerProbability: 0.9999, labelProbability: 1e-5 })).toEqual([
      "says truck, >\u200a99\u00a0%",
      "is automobile, <\u200a1\u00a0%",
    ]);
  });

  test("cells never overlap, and long names are cut to their cell", () => {
    const long = { ...first, answer: "a name that goes on for much longer than any picture is wide" };
    const { images, texts, width } = layOutMistakes({ mistakes: [long, ...mistakes], shape: RGB, columns: 4 });
    expect(new Set(images.map(({ x, y }) => `${x} ${y}`)).size).toBe(8);
    expect(texts.some(({ text }) => text.endsWith("…"))).toBe(true);
    expect(Math.max(...images.map(({ x, enlarge }) => x + 32 * enlarge))).toBeLessThan(width);
  });

  test("none at all is refused", () => {
    expect(() => renderMistakes({ mistakes: [], shape: RGB }, "svg")).toThrow("0 mistakes to show");
  });
});
