import type { TrainingEvent } from "@trainscope/core/events";
import { at, progress } from "@trainscope/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEventMerger } from "./event-merger.ts";

/** Every third event is one that no log keeps. */
function history(length: number, time = 0): TrainingEvent[] {
  return Array.from({ length }, (_, seq) => {
    const body = seq % 3 === 2 ? progress(1, seq) : ({ type: "epoch:start", epoch: seq, epochs: 9 } as const);
    return { ...at(seq, body), time: time + seq };
  });
}
const isLogged = ({ type }: TrainingEvent): boolean => type !== "progress";

function merge() {
  let told: TrainingEvent[] = [];
  let forgotten = 0;
  const merger = createEventMerger({
    tell: (event) => told.push(event),
    forget: () => {
      told = [];
      forgotten++;
    },
  });
  return { merger, told: () => told, forgotten: () => forgotten };
}
const give = (to: (event: TrainingEvent) => void, events: readonly TrainingEvent[]) => events.forEach(to);

describe("createEventMerger", () => {
  it("tells every event of the log and of the process once, in order, wherever the process is joined and left", () => {
    const places = fc
      .tuple(fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(30))
      .map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(places, ([log = 0, recent = 0, joined = 0, left = 0]) => {
        const all = history(30);
        const { merger, told, forgotten } = merge();
        const logged = all.filter(isLogged);
        merger.startLog();
        give(
          merger.fromLog,
          logged.filter(({ seq }) => seq < log),
        );
        merger.join();
        merger.startLog();
        // What the process remembers of the time before begins where the log was brought to the disk.
        give(
          merger.fromProcess,
          logged.filter(({ seq }) => seq >= recent && seq < joined),
        );
        give(
          merger.fromLog,
          logged.filter(({ seq }) => seq < recent),
        );
        give(merger.fromProcess, all.slice(joined, joined + (left - joined) / 2));
        merger.endOfLog();
        give(merger.fromProcess, all.slice(joined + (left - joined) / 2, left));
        merger.leave();
        give(
          merger.fromLog,
          logged.filter(({ seq }) => seq >= recent),
        );
        const expected = all.filter((event) => isLogged(event) || (event.seq >= joined && event.seq < left));
        expect([told(), forgotten()]).toEqual([expected, 0]);
      }),
    );
  });

  it("forgets what a run that was continued from an earlier place no longer has, and tells it all anew", () => {
    const { merger, told, forgotten } = merge();
    const [first, second] = [history(9).filter(isLogged), history(9, 100).filter(isLogged)];
    merger.startLog();
    give(merger.fromLog, first);
    // Cut after the third, and continued.
    const log = [...first.slice(0, 3), ...second.slice(3)];
    merger.startLog();
    give(merger.fromLog, log.slice(0, 4));
    expect([told(), forgotten()]).toEqual([[], 1]);
    merger.startLog();
    give(merger.fromLog, log);
    expect([told(), forgotten()]).toEqual([log, 1]);
  });

  it("learns of it from the process, too, and waits for the log then", () => {
    const { merger, told, forgotten } = merge();
    const [first, second] = [history(9).filter(isLogged), history(12, 100)];
    merger.startLog();
    give(merger.fromLog, first);
    merger.endOfLog();
    merger.join();
    give(merger.fromProcess, second.slice(4));
    merger.endOfLog();
    expect([told(), forgotten()]).toEqual([[], 1]);
    merger.startLog();
    give(merger.fromLog, first.slice(0, 3));
    merger.endOfLog();
    expect([told(), forgotten()]).toEqual([[...first.slice(0, 3), ...second.slice(4)], 1]);
  });

  it("passes over what a damaged log repeats, without end", () => {
    const { merger, told, forgotten } = merge();
    const log = history(5).filter(isLogged);
    merger.startLog();
    give(merger.fromLog, [...log, ...history(5, 50).filter(isLogged)]);
    expect([told(), forgotten()]).toEqual([log, 0]);
  });
});
