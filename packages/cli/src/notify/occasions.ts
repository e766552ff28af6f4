// When a person wants to be told of a run that they don't look at: at its end, when a loss is no number any more, and when
// nothing has come for far longer than usual.
import type { TrainingEvent } from "@trainscope/core/events";
import { isValuesEvent } from "@trainscope/core/history";
import { describeEvent, formatDuration, formatNumber } from "@trainscope/tui/text";

export interface Occasion {
  readonly kind: "end" | "not a number" | "silence";
  /** A sentence without its full stop. */
  readonly text: string;
}

/** So many pauses between figures are remembered. */
const RECENT = 15;
/** Before so many the usual pause isn't known. */
const FEWEST = 3;
const TIMES_USUAL = 3;
const SHORTEST_MS = 60_000;
/** What comes at once, as from a file, has no pause. */
const AT_ONCE_MS = 100;

/** Fed with the events of a run, each with its time of arrival in ms since 1970. */
export class Occasions {
  private readonly losses = new Map<string, number | null>();
  private pauses: readonly number[] = [];
  private figuresAt: number | undefined;
  private heardAt: number | undefined;
  private isPaused = false;
  private isSilent = false;
  private hasEnded = false;

  take(event: TrainingEvent, now: number): readonly Occasion[] {
    this.heardAt = now;
    this.isSilent = false;
    if (event.type === "run:start" || event.type === "run:resume") this.hasEnded = false;
    else if (event.type === "control") this.follow(event.action);
    else if (event.type === "run:end") {
      this.hasEnded = true;
      return [{ kind: "end", text: this.endText(describeEvent(event)?.text ?? "the run has ended") }];
    }
    // Whoever has read the source knows; `null` in an event may be a gap.
    if (event.type === "alert" && event.code === "diverged")
      return [{ kind: "not a number", text: event.message }];
    if (!isValuesEvent(event)) return [];
    this.measure(now);
    for (const [tag, value] of Object.entries(event.metrics))
      if (/loss|cost/i.test(tag)) this.losses.set(tag, value);
    return [];
  }

  /** The source has ended, with a word on how; nothing where the run itself has told its end. */
  end(text: string): readonly Occasion[] {
    if (this.hasEnded) return [];
    this.hasEnded = true;
    return [{ kind: "end", text: this.endText(text) }];
  }

  /** To be asked now and then: whether it is silent for too long. */
  due(now: number): readonly Occasion[] {
    const { heardAt, pauses } = this;
    if (heardAt === undefined || this.hasEnded || this.isPaused || this.isSilent) return [];
    if (pauses.length < FEWEST || now - heardAt < Math.max(SHORTEST_MS, TIMES_USUAL * median(pauses)))
      return [];
    this.isSilent = true;
    const usual = formatDuration(median(pauses));
    return [
      {
        kind: "silence",
        text: `nothing has come for ${formatDuration(now - heardAt)}, where ${usual} are usual`,
      },
    ];
  }

  private follow(action: string): void {
    if (action === "pause") this.isPaused = true;
    else if (action === "resume" || action === "step") {
      this.isPaused = false;
      this.figuresAt = undefined;
    }
  }

  private measure(now: number): void {
    const pause = now - (this.figuresAt ?? now);
    this.figuresAt = now;
    if (pause >= AT_ONCE_MS) this.pauses = [...this.pauses, pause].slice(-RECENT);
  }

  /** With the newest losses. */
  private endText(text: string): string {
    const losses = [...this.losses]
      .slice(0, 3)
      .map(([tag, value]) => `${tag} ${value === null ? "-" : formatNumber(value)}`);
    return [text, ...losses].join(", ");
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
}
