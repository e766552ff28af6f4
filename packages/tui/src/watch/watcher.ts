// Lines of another program as the events of a run: what the grammar asks for and the program doesn't say is put in.
import { EVENT_VERSION, type EventBody, type TrainingEvent } from "@trainscope/core";
import type { ShownEvent } from "../dashboard/source.ts";
import { withMetricsOf } from "../text/describe-metric.ts";
import { createPrintedLines } from "./printed-lines.ts";
import { readLine } from "./read-line.ts";
import { readSimple, type SimpleLine } from "./simple-form.ts";

export interface Watcher {
  /** What a line tells, at its time of arrival in ms since 1970. */
  line(text: string, now: number): readonly ShownEvent[];
  /** Something to say that the program didn't. */
  say(message: string, now: number): readonly ShownEvent[];
  /** To be called now and then: what was held back while there was too much of it. */
  tick(now: number): readonly ShownEvent[];
  /** The lines begin anew. */
  restart(): readonly ShownEvent[];
  /** There will be no more. */
  end(now: number): readonly ShownEvent[];
}

/** Each of them is kept for every epoch: a program that makes up names all the time is not to fill the memory. */
const MOST_FIGURES = 500;

const MOST_PASSED_OVER = 20;

/** What is known of the run that is told. */
interface Told {
  epochs: number;
  /** The epoch that goes on; `undefined` between two. */
  present: number | undefined;
  /** The newest that has figures, and those. */
  recorded: number | undefined;
  figures: Record<string, number | null>;
  /** When the present epoch began, as far as can be told. */
  since: number;
  readonly tags: Set<string>;
  hasTooMany: boolean;
  /** Whether a line has named its epoch. */
  isNumbered: boolean;
  hasEnded: boolean;
}

/** `startedAt`: when the program began to run, where that is known; the first epoch is measured from there. */
export function createWatcher(startedAt?: number): Watcher {
  const printed = createPrintedLines();
  const passedOver = new Set<string>();
  let run: Told | undefined;
  let runs = 0;
  let seq = 0;

  const runId = (): string => `watched-${Math.max(1, runs)}`;

  function event(body: EventBody, time: number): TrainingEvent {
    return { v: EVENT_VERSION, seq: seq++, runId: runId(), time, ...body };
  }

  function told(
    messages: readonly string[],
    time: number,
    level: SimpleLine["level"] = "info",
  ): TrainingEvent[] {
    return messages.map((message) => event({ type: "alert", level, code: "output", message }, time));
  }

  function begin(since: number): Told {
    runs++;
    run = {
      ...{ epochs: 0, present: undefined, recorded: undefined, figures: {}, since },
      ...{ tags: new Set(), hasTooMany: false, isNumbered: false, hasEnded: false },
    };
    return run;
  }

  /** The run that a simple line is of, and what leads to it. */
  function runOf(line: SimpleLine, time: number): readonly [Told, ShownEvent[]] {
    const before = run;
    const newest = before && Math.max(before.present ?? 0, before.recorded ?? 0);
    const isBack = line.epoch !== undefined && newest !== undefined && Math.floor(line.epoch) < newest;
    if (before !== undefined && !before.hasEnded && !isBack) return [before, []];
    const since = line.time ?? (before === undefined ? startedAt : undefined) ?? time;
    const next = begin(since);
    const figures = [...line.figures].slice(0, MOST_FIGURES);
    const metrics = withMetricsOf([], Object.fromEntries(figures));
    const config = line.epochs === undefined ? {} : { epochs: line.epochs };
    const start = event({ type: "run:start", config, metrics }, since);
    if (before === undefined) return [next, [start]];
    const words = before.hasEnded
      ? "another run begins"
      : `epoch ${line.epoch} after epoch ${newest}: another run begins`;
    return [next, [{ type: "restart" }, start, ...told([words], time)]];
  }

  function simple(line: SimpleLine, now: number): readonly ShownEvent[] {
    const time = line.time ?? now;
    const [known, events] = runOf(line, time);
    known.epochs = line.epochs ?? known.epochs;
    events.push(
      ...told(
        line.texts.flatMap((text) => printed.take(text, now)),
        time,
        line.level,
      ),
    );
    const { batch, figures } = line;
    const isStep =
      batch !== undefined &&
      line.epoch === undefined &&
      line.batches === undefined &&
      !known.isNumbered &&
      batch >= (known.recorded ?? 0);
    const named = isStep ? batch : line.epoch;
    known.isNumbered ||= line.epoch !== undefined;
    const isWithin = (batch !== undefined && !isStep) || (named !== undefined && !Number.isInteger(named));
    const isReport = isWithin && ![...figures.keys()].some((tag) => !tag.startsWith("train/"));
    if (named === undefined && figures.size === 0 && !isReport) return events;
    const epoch = named === undefined ? (known.present ?? (known.recorded ?? 0) + 1) : Math.floor(named);
    const number = epoch + (named === undefined || Number.isInteger(named) ? 0 : 1);
    events.push(...startEpoch(known, number, time));
    if (isReport) events.push(report(line, number, time));
    else if (figures.size > 0) events.push(...endEpoch(known, line, number, time));
    return events;
  }

  /** Nothing where it goes on already, or has figures. */
  function startEpoch(known: Told, epoch: number, time: number): TrainingEvent[] {
    if (known.present === epoch || known.recorded === epoch) return [];
    // The one before may have ended without a word.
    if (known.present !== undefined) known.since = time;
    known.present = epoch;
    return [event({ type: "epoch:start", epoch, epochs: known.epochs }, Math.min(known.since, time))];
  }

  function report(
    { figures, batch, batches, samplesPerSecond }: SimpleLine,
    epoch: number,
    time: number,
  ): TrainingEvent {
    const loss = figures.get("train/loss") ?? null;
    const counts = { batch: batch ?? 0, batches: batches ?? 0, samplesPerSecond: samplesPerSecond ?? 0 };
    return event({ type: "progress", epoch, ...counts, loss }, time);
  }

  function endEpoch(known: Told, line: SimpleLine, epoch: number, time: number): TrainingEvent[] {
    if (known.recorded !== epoch) known.figures = {};
    const [values, trouble] = limited(known, Object.fromEntries(line.figures), time);
    known.figures = { ...known.figures, ...values };
    const timing = { trainMs: Math.max(0, time - known.since), evaluateMs: 0 };
    if (known.recorded !== epoch) known.since = time;
    known.recorded = epoch;
    known.present = undefined;
    const { epochs, figures: metrics } = known;
    const learningRate = line.learningRate ?? 0;
    return [...trouble, event({ type: "epoch:end", epoch, epochs, learningRate, metrics, timing }, time)];
  }

  /** The values of figures that are known, or still find room. */
  function limited(
    known: Told,
    values: Readonly<Record<string, number | null>>,
    time: number,
  ): readonly [Readonly<Record<string, number | null>>, TrainingEvent[]] {
    const kept = Object.entries(values).filter(([tag]) => {
      if (known.tags.size < MOST_FIGURES) known.tags.add(tag);
      return known.tags.has(tag);
    });
    if (kept.length === Object.keys(values).length) return [values, []];
    const isNews = !known.hasTooMany;
    known.hasTooMany = true;
    const message = `more than ${MOST_FIGURES} figures: those after them are left out`;
    return [Object.fromEntries(kept), isNews ? told([message], time, "warning") : []];
  }

  /** An event of the grammar, as it is. */
  function pass(given: TrainingEvent, now: number): readonly ShownEvent[] {
    const events: ShownEvent[] = [];
    if (given.type === "run:start") {
      if (run !== undefined) events.push({ type: "restart" });
      const { epochs = 0 } = given.config;
      begin(given.time).epochs = epochs;
      const metrics = given.metrics.slice(0, MOST_FIGURES);
      if (metrics.length === given.metrics.length) return [...events, given];
      const message = `${given.metrics.length} metrics: those after the first ${MOST_FIGURES} are left out`;
      return [...events, { ...given, metrics }, ...told([message], now, "warning")];
    }
    if (run === undefined) {
      const { time } = given;
      begin(time);
      events.push({ ...event({ type: "run:start", config: {}, metrics: [] }, time), runId: given.runId });
    }
    const known = run ?? begin(given.time);
    switch (given.type) {
      case "epoch:start":
        // One that lies behind takes no figures any more.
        known.present = given.epoch < (known.recorded ?? 0) ? undefined : given.epoch;
        known.epochs = given.epochs;
        break;
      case "epoch:end": {
        if (known.recorded !== undefined && given.epoch < known.recorded) {
          return [
            ...events,
            ...other(`epoch ${given.epoch} ended after epoch ${known.recorded}: left out`, now),
          ];
        }
        const [metrics, trouble] = limited(known, given.metrics, given.time);
        Object.assign(known, {
          present: undefined,
          recorded: given.epoch,
          figures: metrics,
          since: given.time,
        });
        known.isNumbered = true;
        return [...events, ...trouble, { ...given, metrics }];
      }
      case "point": {
        const [metrics, trouble] = limited(known, given.metrics, given.time);
        return [...events, ...trouble, { ...given, metrics }];
      }
      case "run:end":
        known.hasEnded = true;
        break;
    }
    return [...events, given];
  }

  /** Told once of each, and of so many at the most. */
  function passOver(newer: string | undefined, now: number): readonly ShownEvent[] {
    if (newer === undefined || passedOver.has(newer) || passedOver.size >= MOST_PASSED_OVER) return [];
    passedOver.add(newer);
    return told([`${newer}: passed over`], now, "warning");
  }

  function other(text: string, now: number): readonly ShownEvent[] {
    return told(printed.take(text, now), now);
  }

  /** Whether it ran to its end, or died, only a program that said how many epochs there would be has told. */
  function end(now: number): readonly ShownEvent[] {
    const message =
      run === undefined ? "the program has ended, and told of no training" : "the program has ended";
    const events: ShownEvent[] = [...told(printed.rest(), now), ...told([message], now)];
    const { recorded = 0, epochs = 0, hasEnded = false } = run ?? {};
    if (hasEnded || epochs === 0 || recorded < epochs) return events;
    const body = { reason: "completed", metrics: {}, epochs: recorded, keptEpoch: null, plugins: [] } as const;
    return [...events, event({ type: "run:end", ...body }, now)];
  }

  return {
    end,
    say: (message, now) => told([message], now),
    tick: (now) => told(printed.due(now), now),
    restart() {
      run = undefined;
      return [{ type: "restart" }];
    },
    line(text, now) {
      const read = readLine(text, { seq, runId: runId(), time: now });
      switch (read.kind) {
        case "empty":
          return [];
        case "event":
          return [...passOver(read.newer, now), ...pass(read.event, now)];
        case "newer":
          return passOver(read.reason, now);
        case "object": {
          const line = readSimple(read.fields);
          return line === undefined ? other(text, now) : simple(line, now);
        }
        case "other":
          return other(read.reason === undefined ? text : `no event, as ${read.reason}: ${text}`, now);
      }
    },
  };
}
