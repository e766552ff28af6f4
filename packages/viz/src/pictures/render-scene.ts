// A scene in the formats that there are.
import { pngProblem } from "../png-problem.ts";
import { paintScene } from "./paint.ts";
import { encodePng, encodePngInBackground } from "./png.ts";
import type { Scene } from "./scene.ts";
import { sceneToSvg } from "./svg.ts";

/** In both formats, or in SVG alone where PNG can't be drawn. */
export interface Drawn {
  readonly svg: string;
  readonly png: Uint8Array | undefined;
}

/** PNG bytes or SVG text. Throws `NOT_SUPPORTED` for PNG where node-canvas can't be loaded. */
export function renderScene(scene: Scene, format: "png" | "svg"): Uint8Array | string {
  return format === "svg" ? sceneToSvg(scene) : encodePng(paintScene(scene));
}

/** In every format that can be drawn here, the PNG made on another thread. */
export async function renderSceneTwice(scene: Scene): Promise<Drawn> {
  const png = pngProblem() === undefined ? encodePngInBackground(paintScene(scene)) : undefined;
  return { svg: sceneToSvg(scene), png: await png };
}
