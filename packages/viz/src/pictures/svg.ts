// A scene as SVG: text stays text, each image is a PNG that the reader is told not to smooth.

import { escapeXml } from "@trainscope/core/text";
import { FONT_STACK } from "../theme.ts";
import { enlargePixels } from "./enlarge-pixels.ts";
import { pixelsUrl } from "./pixels-png.ts";
import { PNG_SCALE } from "./png.ts";
import type { Scene, SceneImage, SceneText } from "./scene.ts";

const ANCHORS = { left: "start", center: "middle", right: "end" } as const;

export function sceneToSvg(scene: Scene): string {
  const { width, height } = scene;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width / PNG_SCALE}" height="${height / PNG_SCALE}"` +
      ` viewBox="0 0 ${width} ${height}" role="img" font-family="${escapeXml(FONT_STACK)}">`,
    `<title>${escapeXml(scene.title)}</title>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...scene.images.map(imageElement),
    ...scene.texts.map(textElement),
    "</svg>\n",
  ].join("\n");
}

function imageElement({ pixels, x, y, enlarge, label }: SceneImage): string {
  // "pixelated" is CSS's word for nearest neighbour, optimizeSpeed SVG 1.1's. There are readers that know neither
  // (librsvg 2.54): so the PNG is enlarged already, which costs little, as equal pixels pack well.
  const enlarged = enlargePixels(pixels, enlarge);
  return (
    `<image x="${x}" y="${y}" width="${enlarged.width}" height="${enlarged.height}" preserveAspectRatio="none"` +
    ` image-rendering="optimizeSpeed" style="image-rendering:pixelated" href="${pixelsUrl(enlarged)}">` +
    `<title>${escapeXml(label)}</title></image>`
  );
}

function textElement({ text, x, y, align, style }: SceneText): string {
  return (
    `<text x="${x}" y="${y}" text-anchor="${ANCHORS[align]}" font-size="${style.size}"` +
    ` font-weight="${style.weight}" fill="${style.colour}">${escapeXml(text)}</text>`
  );
}
