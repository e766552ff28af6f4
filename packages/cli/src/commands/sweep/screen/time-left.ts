// How much of the sweep is done, in epochs, and how long the rest takes at the pace so far.
import { rungsOf } from "@trainscope/sweep";
import { leastEpochsOf, type SweepDefinition } from "../definition.ts";
import type { Board } from "./board.ts";

/** Below it the pace is anyone's guess. */
const LEAST_MS = 1000;

/**
 * Epochs in all: those of each setting with each seed. Of halving what its rungs come to where one in so many goes on.
 * `undefined` where nobody knows how many settings there are.
 */
export function plannedEpochs(definition: SweepDefinition, planned: number | null): number | undefined {
  if (planned === null) return undefined;
  const { seeds, strategy, reduction, settings } = definition;
  const { epochs } = settings;
  if (strategy !== "halving") return planned * seeds * epochs;
  const rungs = rungsOf({ epochs, reduction, leastEpochs: leastEpochsOf(definition) });
  return (
    seeds *
    rungs.reduce((sum, rung, index) => {
      const reached = Math.floor(planned / reduction ** index);
      return sum + reached * (rung - (rungs[index - 1] ?? 0));
    }, 0)
  );
}

export interface Progress {
  /** 0 to 1; `undefined` where it isn't known how much there is. */
  readonly share: number | undefined;
  /** Milliseconds; `undefined` where there is nothing to tell them from. */
  readonly left: number | undefined;
}

/** `clock` is the present by the clock of the events. */
export function progressOf({ start, done, fresh, startedAt }: Board, clock: number | undefined): Progress {
  const all = start && plannedEpochs(start.definition, start.planned);
  if (all === undefined || all <= 0) return { share: undefined, left: undefined };
  const behind = [...done.values()].reduce((sum, epochs) => sum + epochs, 0);
  const share = Math.min(1, behind / all);
  const spent = (clock ?? 0) - (startedAt ?? 0);
  if (fresh === 0 || spent < LEAST_MS) return { share, left: undefined };
  return { share, left: (Math.max(0, all - behind) * spent) / fresh };
}
