// A scene on node-canvas.
import type { Canvas } from "canvas";
import { loadCanvas } from "../canvas.ts";
import { enlargePixels } from "./enlarge-pixels.ts";
import { canvasFont, type Scene } from "./scene.ts";

export function paintScene(scene: Scene): Canvas {
  const { createCanvas, createImageData } = loadCanvas();
  const canvas = createCanvas(scene.width, scene.height);
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, scene.width, scene.height);
  for (const { pixels, x, y, enlarge } of scene.images) {
    // Written pixel by pixel rather than scaled by the canvas, so that no smoothing can blur it.
    const enlarged = enlargePixels(pixels, enlarge);
    context.putImageData(createImageData(enlarged.rgba, enlarged.width, enlarged.height), x, y);
  }
  for (const { text, x, y, align, style } of scene.texts) {
    context.font = canvasFont(style);
    context.fillStyle = style.colour;
    context.textAlign = align;
    context.fillText(text, x, y);
  }
  return canvas;
}
