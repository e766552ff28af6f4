// How far work of many trainings is, as the badge in a screen's title says it.
import { COLORS, type Color, type Theme } from "@trainscope/tui/parts";

export interface Progress {
  readonly phase: "waiting" | "running" | "ended";
  /** A stop was asked for. */
  readonly stopping: boolean;
  /** Why it has ended. */
  readonly reason: "completed" | "stopped" | "failed" | undefined;
}

/** A sign, a word and their colour. */
export function statusOf(
  { phase, stopping, reason = "completed" }: Progress,
  { glyphs, ascii }: Theme,
): readonly [string, string, Color] {
  const soon = ascii ? "..." : "…";
  const endings = {
    completed: [glyphs.done, "done", COLORS.good],
    stopped: [glyphs.stopping, "stopped", COLORS.caution],
    failed: [glyphs.error, "failed", COLORS.bad],
  } as const;
  if (phase === "ended") return endings[reason];
  if (stopping) return [glyphs.stopping, `stopping${soon}`, COLORS.caution];
  if (phase === "waiting") return [glyphs.dot, `warming up${soon}`, COLORS.caution];
  return [glyphs.running, "running", COLORS.good];
}
