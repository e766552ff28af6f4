// Where the events come from, in words: at the end of the title, and below the run's progress.

import type { Source } from "@trainscope/core/source";
import { formatMoment, visible } from "@trainscope/core/text";
import { formatClock, formatX } from "../../text/format.ts";
import type { DashboardState } from "../model/state.ts";
import type { Color } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";

/** A sign, what it stands for, and its colour. */
export type Status = readonly [processState: string, label: string, color: Color];

type Replay = Extract<Source, { readonly kind: "replay" }>;
type Attached = Extract<Source, { readonly kind: "attached" }>;

/** How the source stands, with how the run does where both matter. */
export function sourceStatus(
  source: Source,
  ofRun: Status,
  { phase }: Pick<DashboardState, "phase">,
  { glyphs }: Theme,
): Status {
  const [processState, label, color] = ofRun;
  switch (source.kind) {
    case "training":
      return ofRun;
    case "watched":
      return watchedStatus(source, ofRun, phase, glyphs);
    case "replay":
      if (source.playing) return [glyphs.running, `replay ${speedText(source)}`, COLORS.good];
      return phase === "ended"
        ? [processState, `replay ${glyphs.dot} ${label}`, color]
        : [glyphs.paused, "replay paused", COLORS.caution];
    case "attached": {
      const how = source.mayControl ? "in control" : "attached";
      if (phase === "ended") return [processState, `${how} ${glyphs.dot} ${label}`, color];
      if (source.processState === "alive") return [processState, `${how} ${glyphs.dot} ${label}`, color];
      if (source.processState === "silent") {
        const since = source.lastHeartbeat === undefined ? "" : ` since ${formatClock(source.lastHeartbeat)}`;
        return [glyphs.warning, `silent${since}`, COLORS.caution];
      }
      if (source.processState === "ended") return [glyphs.stopping, "attached, left", COLORS.caution];
      return [glyphs.error, `died${lastHeartbeat(source)}`, COLORS.bad];
    }
  }
}

/** That a watched program has told its last epoch doesn't say what it does since. */
function watchedStatus(
  { name, hasEnded }: Extract<Source, { readonly kind: "watched" }>,
  [processState, label, color]: Status,
  phase: DashboardState["phase"],
  glyphs: Theme["glyphs"],
): Status {
  const of = `${visible(name)} ${glyphs.dot} `;
  if (hasEnded && phase !== "ended") return [glyphs.stopping, `${of}ended`, COLORS.caution];
  if (phase === "waiting") return [processState, `${of}waiting`, color];
  return [processState, `${of}${phase === "finishing" ? "last epoch done" : label}`, color];
}

/** In place of a batch's progress, which only a process that trains tells; `undefined` where there is nothing to say. */
export function sourceLine(source: Source, state: DashboardState, { glyphs }: Theme): string | undefined {
  switch (source.kind) {
    case "training":
      return undefined;
    case "watched":
      return `${visible(source.name)} ${source.hasEnded ? "has ended" : "is being read"}`;
    case "replay": {
      const { axis = "epoch", epoch, lastEpoch, playing, making } = source;
      const { parameters } = state;
      const weights = parameters ? `weights of epoch ${parameters.epoch}` : "no weights yet";
      return [
        `${playing ? "playing" : "paused"}, ${speedText(source)}`,
        `${axis} ${formatX(epoch)} of ${formatX(lastEpoch)} in the log`,
        making === undefined ? weights : "its weights are made again",
      ].join(`  ${glyphs.dot}  `);
    }
    case "attached":
      return state.phase === "ended" ? "the run has ended" : signText(source);
  }
}

function speedText({ speed }: Replay): string {
  return `${speed}x`;
}

function signText(source: Attached): string {
  switch (source.processState) {
    case "alive":
      return "the process that trains it is alive";
    case "silent":
      return "the process that trains it is there, but gives no sign";
    case "died":
      return `its process died${lastHeartbeat(source)}`;
    case "ended":
      return "the process that trained it has left, before the run's end";
  }
}

function lastHeartbeat({ lastHeartbeat: time }: Attached): string {
  return time === undefined ? "" : `, last sign ${formatMoment(time)}`;
}
