// Several sources side by side, as they grow: a comparison of what each has told.
import { messageOf } from "@trainscope/core/errors";
import { isTrainingEvent, type ShownEvent } from "@trainscope/core/source";
import type { LastKnownState } from "@trainscope/runs/sessions";
import { Observable, type Subscription } from "rxjs";
import { type ComparedRun, comparedRun } from "../compare/compared-run.ts";
import { type Comparison, createComparison } from "../compare/comparison.ts";
import { createLoggedRun } from "../compare/logged-run.ts";
import { OPENED_MS, type SourceEvents } from "./source-events.ts";

export interface SeveralOptions {
  readonly now?: () => number;
  /** Milliseconds from one comparison to the next, where there is anything new. */
  readonly periodMs?: number;
}

const PERIOD_MS = 200;
/** Of the time; to compare long curves takes a while. */
const MOST_COMPARING = 1 / 10;
/** Of a source, that are kept. */
const MOST_PROBLEMS = 5;
/** Who has written within this time is taken to write on. */
const WRITING_TIMEOUT_MS = 60_000;

/**
 * The comparison of sources without a value yet, for the screen's beginning, and one each time they have told more. Where
 * a source fails as it is opened the whole fails; later it stays as it was, and that is said.
 */
export function watchSeveral(
  sources: readonly SourceEvents[],
  { now = Date.now, periodMs = PERIOD_MS }: SeveralOptions = {},
): { readonly first: Comparison; readonly comparisons: Observable<Comparison> } {
  const first = createComparison(sources.map((source) => new WatchedOne(source, now).run()));
  const comparisons = new Observable<Comparison>((subscriber) => {
    const all = sources.map((source) => new WatchedOne(source, now));
    for (const one of all) one.subscribe((error) => subscriber.error(error));
    let timer: NodeJS.Timeout;
    const look = (): void => {
      const start = performance.now();
      if (all.some((one) => one.hasNews())) {
        subscriber.next(createComparison(all.map((one) => one.run())));
      }
      const took = performance.now() - start;
      timer = setTimeout(look, Math.max(periodMs, took / MOST_COMPARING));
    };
    timer = setTimeout(look, periodMs);
    return () => {
      clearTimeout(timer);
      for (const one of all) one.unsubscribe();
    };
  });
  return { first, comparisons };
}

/** One of them: what it has told since it last began anew. */
class WatchedOne {
  private readonly source: SourceEvents;
  private readonly now: () => number;
  private logged = createLoggedRun();
  private subscription: Subscription | undefined;
  private readonly openedAt: number;
  private grewAt: number | undefined;
  private hasEmitted = false;
  private hasEnded = false;
  /** What goes wrong as it is read, the newest last. */
  private problems: readonly string[] = [];
  /** Why it has told nothing yet. */
  private waiting: string | undefined;
  private made: ComparedRun | undefined;
  /** With which it was made. */
  private lastState: LastKnownState | undefined;

  constructor(source: SourceEvents, now: () => number) {
    this.source = source;
    this.now = now;
    this.openedAt = now();
  }

  subscribe(onFailed: (error: unknown) => void): void {
    this.subscription = this.source.events.subscribe({
      next: (event) => this.take(event),
      error: (error: unknown) => {
        if (!this.hasEmitted && this.now() - this.openedAt <= OPENED_MS) onFailed(error);
        this.note(`it is read no further: ${messageOf(error)}`);
        this.close();
      },
      complete: () => this.close(),
    });
  }

  unsubscribe(): void {
    this.subscription?.unsubscribe();
  }

  hasNews(): boolean {
    return this.made === undefined || this.processState() !== this.lastState;
  }

  /** The same object until there is news, so that what was found of it stays true. */
  run(): ComparedRun {
    const { name } = this.source;
    const processState = this.processState();
    if (this.made !== undefined && processState === this.lastState) return this.made;
    this.lastState = processState;
    this.made = comparedRun({
      key: name,
      runId: name,
      label: null,
      tags: [],
      record: undefined,
      logged: this.logged,
      problems: this.said(),
      processState,
      lastHeartbeat: this.grewAt,
    });
    return this.made;
  }

  private take(event: ShownEvent): void {
    if (event.type === "restart") this.logged = createLoggedRun();
    else if (isTrainingEvent(event)) this.logged.add(event);
    // A word on how it is read is nothing that it has told.
    if (event.type === "alert") {
      if (event.level !== "info") this.note(event.message);
      else if (!this.hasEmitted) this.waiting = event.message;
      else return;
      this.made = undefined;
      return;
    }
    this.waiting = undefined;
    this.hasEmitted = true;
    this.made = undefined;
    if (this.now() - this.openedAt > OPENED_MS) this.grewAt = this.now();
  }

  private note(problem: string): void {
    this.problems = [...this.problems.filter((other) => other !== problem), problem].slice(-MOST_PROBLEMS);
  }

  /** What is worth a word beside its values, the newest first. */
  private said(): readonly string[] {
    return [...(this.waiting === undefined ? [] : [this.waiting]), ...this.problems.toReversed()];
  }

  private close(): void {
    this.hasEnded = true;
    this.made = undefined;
  }

  /** Who writes a file doesn't say so: that it grows shows it. */
  private processState(): LastKnownState {
    if (this.hasEnded) return "unknown";
    if (this.source.hasEnd) return "alive";
    if (this.grewAt === undefined) return "unknown";
    return this.now() - this.grewAt < WRITING_TIMEOUT_MS ? "alive" : "silent";
  }
}
