// What is said, before anything is drawn, where pictures will be SVG alone.
import { pngProblem } from "@trainscope/viz";

/** `undefined` where PNG can be drawn, too. */
export function pngNotice(): string | undefined {
  const problem = pngProblem();
  return problem && `pictures are written as SVG alone. ${problem.message}. ${problem.hint}`;
}
