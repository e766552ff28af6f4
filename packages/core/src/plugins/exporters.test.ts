import { concatMap, EMPTY, filter, firstValueFrom, from, map, NEVER, type Observable, of, toArray } from "rxjs";
import { describe, expect, it } from "vitest";
import type { TrainingEvent } from "../events.ts";
import { describeExporter, runWithExporter } from "../testing/exporter-contract.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { train } from "../training/train.ts";
import type { Exporter } from "./exporter.ts";

/** Writes the number of epochs when the run ends. */
const notes: Exporter = {
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

const frail = (connect: Exporter["connect"]): Exporter => ({ name: "frail", connect });

describe("exporters", () => {
  it("what one writes at the end is told before run:end, which stays last", async () => {
    const { events, written } = await runWithExporter(notes);
    expect(written.get("notes.txt")).toBe("3 epochs");
    expect(events.slice(-2).map(({ type }) => type)).toEqual(["artifact", "run:end"]);
    expect(events.at(-2)).toMatchObject({ plugin: "notes", kind: "notes", path: "memory/notes.txt" });
  });

  it.each<[string, Exporter["connect"], string]>([
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
        limits: { endMs: 20 },
      }).pipe(toArray()),
    );
    expect(errorsOf(events)[0]).toMatchObject({
      hook: "end",
      message: "did not complete within 20 ms of the run's end",
    });
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
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
