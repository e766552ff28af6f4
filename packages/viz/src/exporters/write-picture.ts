// A picture's files in a run's folder.
import type { Artifact, RunContext } from "@trainscope/core";
import type { Drawn } from "../pictures/render-scene.ts";

interface Picture {
  readonly kind: string;
  readonly title: string;
  /** Of its files, without what says the format. */
  readonly name: string;
  readonly drawn: Drawn;
}

export async function* writePicture(
  { kind, title, name, drawn }: Picture,
  run: RunContext,
): AsyncGenerator<Artifact> {
  const png = drawn.png === undefined ? undefined : run.write(`${name}.png`, drawn.png);
  const [pngPath, svgPath] = await Promise.all([png, run.write(`${name}.svg`, drawn.svg)]);
  if (pngPath !== undefined) yield { kind, title: `${title} (PNG)`, path: pngPath };
  yield { kind, title: `${title} (SVG)`, path: svgPath };
}
