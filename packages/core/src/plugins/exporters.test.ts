import { concatMap, EMPTY, filter, firstValueFrom, from, map, NEVER, Observable, of, toArray } from "rxjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createReferenceEngine } from "../engine/reference.ts";
import type { EventBody, TrainingEvent } from "../events.ts";
import { DEFAULT_LIMITS } from "../guard/limits.ts";
import { describeExporter, runWithExporter } from "../testing/exporter-contract.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { train } from "../training/train.ts";
import type { Artifact, Exporter, StreamExporter } from "./exporter.ts";
import { RunningExporter } from "./exporters.ts";

/** Writes the number of epochs when the run ends. */
const notes: StreamExporter = {
  name: "notes",
  connect: (events, run) =>
    events.pipe(
      filter((event) => event.type === "run:end"),
      concatMap((event) => from(run.write("notes.txt", `${event.epochs} epochs`))),
      map((path) => ({ kind: "notes", title: "Notes", path })),
    ),
};

describeExporter(() => notes);

function errorsOf(events: readonly TrainingEvent[]) {
  return events.flatMap((event) => (event.type === "plugin:error" ? [event] : []));
}

const frail = (connect: StreamExporter["connect"]): Exporter => ({ name: "frail", connect });

/** Writes into all that can be reached, and throws what the first attempt throws. */
function scribble(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const entry of Object.values(value)) scribble(entry);
  for (const key of Object.keys(value)) (value as Record<string, unknown>)[key] = "scribbled";
}

afterEach(() => vi.useRealTimers());

describe("exporters", () => {
  it("what one writes at the end is told before run:end, which stays last", async () => {
    const { events, written } = await runWithExporter(notes);
    expect(written.get("notes.txt")).toBe("3 epochs");
    expect(events.slice(-2).map(({ type }) => type)).toEqual(["artifact", "run:end"]);
    expect(events.at(-2)).toMatchObject({ plugin: "notes", kind: "notes", path: "memory/notes.txt" });
  });

  it.each<[string, StreamExporter["connect"], string]>([
    [
      "connect throws",
      () => {
        throw new Error("no connection");
      },
      "connect",
    ],
    ["connect gives no Observable", () => 5 as unknown as Observable<never>, "connect"],
    [
      "its stream fails",
      (events) =>
        events.pipe(
          map(() => {
            throw new Error("no map");
          }),
        ),
      "events",
    ],
    [
      "a handler it subscribed throws",
      (events) => {
        events.subscribe(() => {
          throw new Error("no handler");
        });
        return EMPTY;
      },
      "next",
    ],
    [
      "a handler's promise rejects",
      (events) => {
        events.subscribe(async () => {
          throw new Error("no handler");
        });
        return NEVER;
      },
      "next",
    ],
    [
      "the promise of a handler given to forEach rejects",
      (events) => {
        events.forEach(async () => {
          throw new Error("no handler");
        });
        return NEVER;
      },
      "next",
    ],
    ["connect is async, and rejects", (async () => Promise.reject(new Error("no"))) as never, "connect"],
    [
      "a handler behind operators throws",
      (events) => {
        events.pipe(filter(() => true)).subscribe({
          next() {
            throw new Error("no handler");
          },
        });
        return NEVER;
      },
      "next",
    ],
  ])("%s: named, disabled after three failures, and the run goes on", async (_, connect, hook) => {
    const { events } = await runWithExporter(frail(connect));
    const errors = errorsOf(events);
    expect(errors.length).toBeGreaterThanOrEqual(3);
    expect(errors[2]).toMatchObject({ plugin: "frail", hook, failures: 3, disabled: true });
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
  });

  it.each([
    ["null", null, "gave null; expected an artifact, with kind as text"],
    ["text", "a.png", 'gave "a.png"; expected an artifact, with kind as text'],
    ["half an artifact", { kind: "x" }, 'gave {"kind":"x"}; expected an artifact, with title as text'],
  ])("one that gives %s for an artifact has failed in artifact", async (_, value, message) => {
    const { events } = await runWithExporter(frail(() => of(value as unknown as Artifact)));
    expect(errorsOf(events)[0]).toMatchObject({ hook: "artifact", message });
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
  });

  it("one whose Observable throws when subscribed to has failed in connect", async () => {
    const subscribe = (): never => {
      throw new Error("no subscription");
    };
    const { events } = await runWithExporter(frail(() => ({ subscribe }) as never));
    expect(errorsOf(events)[0]).toMatchObject({ hook: "connect", message: "no subscription" });
    expect(events.at(-1)).toMatchObject({ reason: "completed" });
  });

  it("a disabled one is unsubscribed, and so writes nothing more", async () => {
    const written: string[] = [];
    let closed = 0;
    const broken = frail(
      (events, run) =>
        new Observable((subscriber) => {
          events.subscribe(() => {
            throw new Error("no handler");
          });
          const inner = events
            .pipe(
              toArray(),
              concatMap(() => from(run.write("late.txt", "late"))),
              map((path) => ({ kind: "x", title: "x", path })),
            )
            .subscribe(subscriber);
          return () => {
            closed++;
            inner.unsubscribe();
          };
        }),
    );
    const events = await firstValueFrom(
      train({
        dataset: createTinyDataset(),
        settings: { epochs: 3 },
        exporters: [broken],
        write: async (name) => {
          written.push(name);
          return name;
        },
      }).pipe(toArray()),
    );
    expect(errorsOf(events).at(-1)).toMatchObject({ disabled: true });
    expect([written, closed]).toEqual([[], 1]);
  });

  it("all see the events in one order, whatever another one emits meanwhile", async () => {
    const seen: number[] = [];
    const eager: Exporter = {
      name: "eager",
      connect: (events) =>
        events.pipe(
          filter((event) => event.type === "epoch:end"),
          map(() => ({ kind: "x", title: "x", path: "x" })),
        ),
    };
    const watcher = { ...notes, name: "watcher", connect: watch };
    function watch(events: Observable<TrainingEvent>) {
      events.subscribe((event) => seen.push(event.seq));
      return EMPTY;
    }
    await firstValueFrom(
      train({ dataset: createTinyDataset(), settings: { epochs: 3 }, exporters: [eager, watcher] }).pipe(
        toArray(),
      ),
    );
    expect(seen.length).toBeGreaterThan(6);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it("unsubscribing from the run does not wait for one that never completes", async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    const subscription = train({
      dataset: createTinyDataset(),
      settings: { epochs: 1 },
      exporters: [frail(() => NEVER)],
      engine: async (setup) => ({ ...(await createReferenceEngine(setup)), close: async () => resolve() }),
    }).subscribe((event) => {
      if (event.type === "epoch:end") setTimeout(() => subscription.unsubscribe(), 20);
    });
    await closed;
  });

  it("one that failed once is connected anew and sees the events from then on", async () => {
    let connections = 0;
    const { events } = await runWithExporter(
      frail((source) => {
        connections++;
        if (connections > 1) return notes.connect(source, { write: async () => "x" } as never);
        return source.pipe(
          map(() => {
            throw new Error("once");
          }),
        );
      }),
    );
    expect(errorsOf(events)).toHaveLength(1);
    expect(events.filter(({ type }) => type === "artifact")).toHaveLength(1);
  });

  it("one that never completes is given up on after its time, and the run ends", async () => {
    const events = await firstValueFrom(
      train({
        dataset: createTinyDataset(),
        settings: { epochs: 1 },
        exporters: [frail(() => NEVER)],
        limits: { wait: 20 },
      }).pipe(toArray()),
    );
    expect(errorsOf(events)[0]).toMatchObject({
      hook: "end",
      message: "did not complete within 20 ms of the run's end",
    });
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
  });

  it("a handler's promise of run:end is waited for: its failure is told within the run", async () => {
    const { events } = await runWithExporter(
      frail((source) => {
        source.subscribe(async ({ type }) => {
          if (type !== "run:end") return;
          await new Promise((resolve) => setTimeout(resolve, 5));
          throw new Error("the disk is full");
        });
        return EMPTY;
      }),
    );
    expect(errorsOf(events)).toMatchObject([{ plugin: "frail", hook: "next", message: "the disk is full" }]);
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
  });

  it("nothing follows run:end, though a promise rejects later than anyone waits", async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const events = await firstValueFrom(
      train({
        dataset: createTinyDataset(),
        settings: { epochs: 1 },
        limits: { wait: 20 },
        exporters: [
          frail((source) => {
            source.subscribe(({ type }) => (type === "run:end" ? promise : undefined) as undefined);
            return EMPTY;
          }),
        ],
        engine: async (setup) => ({
          ...(await createReferenceEngine(setup)),
          async close() {
            reject(new Error("late"));
            await new Promise((resolve) => setTimeout(resolve, 5));
          },
        }),
      }).pipe(toArray()),
    );
    expect(errorsOf(events)).toMatchObject([{ hook: "end" }]);
    expect(events.at(-1)).toMatchObject({ type: "run:end" });
  });

  it("after a second it is said who is waited for", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const told: EventBody[] = [];
    const running = new RunningExporter(
      frail(() => NEVER),
      {
        context: {} as never,
        limits: { ...DEFAULT_LIMITS, wait: 5000 },
        signal: new AbortController().signal,
        emit: (body: EventBody) => told.push(body),
        onFailure: () => {},
        onSlow: () => {},
      },
    );
    const finished = running.finish({ type: "run:end" } as TrainingEvent);
    await vi.advanceTimersByTimeAsync(999);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    const message = 'waiting for the exporter "frail", for up to 5 s: it has not completed';
    expect(told).toEqual([{ type: "alert", level: "info", code: "slow", message }]);
    await vi.advanceTimersByTimeAsync(4000);
    await finished;
    expect(told).toHaveLength(1);
  });

  it("what one is lent can't be changed, and to try is its failure: the others and the host see what was told", async () => {
    const dataset = createTinyDataset();
    const settings = { epochs: 2, schedule: { kind: "cosine" as const } };
    const [before, asked] = structuredClone([dataset, settings] as const);
    const scribbler = frail((source, run) => {
      const own = run.parameters();
      own.weights.fill(0);
      run.classifier().statistics.deviations.fill(0);
      source.subscribe((event) => scribble(event));
      return new Observable(() => scribble(run));
    });
    const seen: TrainingEvent[] = [];
    const watcher = { ...notes, name: "watcher", connect: watch };
    function watch(events: Observable<TrainingEvent>) {
      events.subscribe((event) => seen.push(event));
      return EMPTY;
    }
    const events = train({ dataset, settings, exporters: [scribbler, watcher], now: () => 0 });
    const told = await firstValueFrom(events.pipe(toArray()));
    expect([dataset, settings]).toEqual([before, asked]);
    expect(errorsOf(told).at(-1)).toMatchObject({ plugin: "frail", disabled: true });
    expect(told[0]).toMatchObject({ config: { epochs: 2 }, data: { classes: before.classNames } });
    expect(seen.at(-1)?.type).toBe("run:end");
    const alone = await firstValueFrom(train({ dataset, settings }).pipe(toArray()));
    const figuresOf = (list: readonly TrainingEvent[]) =>
      list.flatMap((event) => (event.type === "epoch:end" || event.type === "run:end" ? [event.metrics] : []));
    expect(figuresOf(told)).toEqual(figuresOf(alone));
  });

  it("one's failure is nobody else's", async () => {
    const written: string[] = [];
    const bad = frail(() => {
      throw new Error("no");
    });
    const events = await firstValueFrom(
      train({
        dataset: createTinyDataset(),
        settings: { epochs: 1 },
        exporters: [bad, notes],
        write: async (name) => {
          written.push(name);
          return name;
        },
      }).pipe(toArray()),
    );
    expect(written).toEqual(["notes.txt"]);
    expect(events.at(-1)).toMatchObject({ reason: "completed" });
  });

  it("a critical one that fails at the very end says why", async () => {
    const { events } = await runWithExporter({
      name: "vital",
      critical: true,
      connect: (source, run) =>
        notes.connect(source, { ...run, write: () => Promise.reject(new Error("disk full")) }),
    });
    expect(events.slice(-2)).toMatchObject([
      { type: "alert", message: 'the critical plugin "vital" failed in events: disk full' },
      { type: "run:end", reason: "failed" },
    ]);
  });

  it("a critical one that fails ends the run as failed", async () => {
    const { events } = await runWithExporter({
      ...frail(() =>
        of(1 as never).pipe(
          map(() => {
            throw new Error("vital");
          }),
        ),
      ),
      critical: true,
    });
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "failed" });
  });
});
