// The templates of a run as they formed, by the checkpoints that it left.

import { TrainscopeError } from "@trainscope/core/errors";
import { readRun } from "@trainscope/runs";
import { writeNamed } from "@trainscope/runs/files";
import { animateTemplates, MOST_PICTURES } from "../exporters/templates.ts";
import type { WeightFrame } from "../exporters/weight-frames.ts";
import { keptWeights, noCheckpoints } from "./kept-weights.ts";

/** Gives what to tell of it. Throws `BAD_OPTION` where the run has no checkpoint, `NOT_SUPPORTED` without node-canvas. */
export async function exportTemplates(folder: string, to: string): Promise<readonly string[]> {
  const frames: WeightFrame[] = [];
  for await (const { epoch, parameters } of keptWeights(folder, MOST_PICTURES))
    frames.push({ epoch, parameters });
  const [first, last] = [frames[0], frames.at(-1)];
  if (first === undefined || last === undefined) throw noCheckpoints(folder);
  const { events } = await readRun(folder);
  const data = events.find((event) => event.type === "run:start")?.data;
  if (data === undefined)
    throw new TrainscopeError("BAD_DATA", `${folder}: its log doesn't say what its images are`);
  const { name: dataName, classes: classNames, shape } = data;
  await writeNamed(to, await animateTemplates(frames, { dataName, classNames, shape }), "--to");
  const what = frames.length === 1 ? "1 picture" : `${frames.length} pictures`;
  return [`wrote ${to}: ${what}, by the checkpoints of epochs ${first.epoch} to ${last.epoch}`];
}
