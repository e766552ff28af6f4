import fc from "fast-check";
import { expect, it } from "vitest";
import type { Entry, ScalarEntry } from "../format.ts";
import { recordOf } from "./known-scalars.ts";
import { TableBuilder } from "./run-table.ts";
import { WatchedRun } from "./watched-run.ts";

const entry = fc.record({
  kind: fc.constant("scalar" as const),
  tag: fc.constantFrom(
    "loss",
    "Loss/train",
    "val/loss",
    "lr",
    "lr/1",
    "time/step",
    "batch_size",
    "images",
    "epochs",
    "test_acc",
  ),
  step: fc.nat(40),
  value: fc.constantFrom(0.5, 0.25, 0, -1, Number.NaN, Number.POSITIVE_INFINITY),
  time: fc.constantFrom(1000, 2000, 3000),
});

/** Mostly rising steps, as in files; some go back. Of some all scalars of a step were written at one time. */
const file = fc
  .tuple(fc.array(entry, { maxLength: 60, size: "max" }), fc.boolean(), fc.boolean())
  .map(([entries, rises, isTimedByStep]) => {
    const timed = isTimedByStep ? entries.map((one) => ({ ...one, time: 1000 * one.step })) : entries;
    return rises ? timed.sort((one, other) => one.step - other.step) : timed;
  });
const rest: Entry = { kind: "text", text: "half way", level: "info" };

it("scalars come to the same table as records of the same content", () => {
  fc.assert(
    fc.property(file, fc.nat(60), (scalars, at) => {
      const whole: Entry[] = [...scalars.slice(0, at), rest, ...scalars.slice(at)];
      expect(tableOf(whole)).toEqual(tableOf(whole.map(asRecord)));
    }),
    { seed: 1, numRuns: 500 },
  );
});

it("and to the same events of a run that is watched", () => {
  fc.assert(
    fc.property(file, fc.nat(60), (scalars, at) => {
      const pieces = [scalars.slice(0, at), scalars.slice(at)];
      expect(eventsOf(pieces)).toEqual(eventsOf(pieces.map((piece) => piece.map(asRecord))));
    }),
    { seed: 2, numRuns: 300 },
  );
});

it.each(["batch_size", "images", "epochs", "date"])(
  "%s, told beside a loss, is no point of that loss",
  (tag) => {
    const scalar = (name: string, step: number, value: number): ScalarEntry => {
      return { kind: "scalar", tag: name, step, value, time: 1000 * step };
    };
    const both = [10, 20, 30, 40, 50, 60].flatMap((step) => [
      scalar("loss", step, 0.5),
      scalar(tag, step, 128),
    ]);
    const alone = [61, 62, 63].map((step) => scalar(tag, step, 128));
    const whole = [...both, ...alone];
    expect(eventsOf([whole])).toEqual(eventsOf([whole.map(asRecord)]));
  },
);

function asRecord(one: Entry): Entry {
  return one.kind === "scalar" ? recordOf(one as ScalarEntry) : one;
}

/** What counts is decided early, as after twenty thousand entries of a file. */
function tableOf(entries: readonly Entry[]): unknown {
  const builder = new TableBuilder({ lookahead: 5 });
  for (let from = 0; from < entries.length; from += 7) builder.push(entries.slice(from, from + 7));
  const { series, times, ...table } = builder.end();
  return { ...table, times: times.points(), series: series.map((one) => ({ tag: one.tag, ...one.points() })) };
}

function eventsOf(pieces: readonly (readonly Entry[])[]): unknown {
  const run = new WatchedRun();
  return [...pieces.flatMap((piece) => run.push(piece, 5000)), ...run.end(6000)];
}
