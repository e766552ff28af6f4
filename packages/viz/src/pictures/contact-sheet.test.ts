import { expect, test } from "vitest";
import { seededImages } from "../testing/fixtures.ts";
import { decodePicture } from "../testing/golden.ts";
import { renderContactSheet } from "./contact-sheet.ts";

const SHAPE = { width: 4, height: 4, channels: 3 };
const SHEET = { images: seededImages(6, SHAPE), shape: SHAPE, rows: [[4, 0], [2]], rowNames: ["<cat>", "dog"] };

test("images are there in their own colours, the first of each row below the other", async () => {
  const picture = await decodePicture(renderContactSheet({ ...SHEET, enlarge: 10 }, "png"));
  const cornerOf = (index: number) => [0, 16, 32].map((plane) => SHEET.images[48 * index + plane]);
  // Rows of 40 device pixels start at the same x, 6 pixels apart.
  const found = new Set<string>();
  for (let at = 0; at < picture.data.length; at += 4) found.add([...picture.data.slice(at, at + 3)].join());
  for (const index of [4, 0, 2]) expect(found).toContain(cornerOf(index).join());
  expect(found).not.toContain(cornerOf(5).join());
});

test("an SVG escapes the rows' names", () => {
  expect(renderContactSheet(SHEET, "svg")).toContain(">&lt;cat&gt;</text>");
});

test("a row without a name and an image that isn't there are refused", () => {
  expect(() => renderContactSheet({ ...SHEET, rowNames: ["cat"] }, "svg")).toThrow("1 row names for 2 rows");
  expect(() => renderContactSheet({ ...SHEET, rows: [[0], [6]] }, "svg")).toThrow(
    "image 6 of 6; they count from 0",
  );
});
