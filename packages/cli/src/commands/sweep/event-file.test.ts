import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openEventFile, SWEEP_EVENTS } from "./event-file.ts";
import type { SweepEvent, SweepEventBody } from "./events.ts";
import { candidateEvents, sweepStart, told } from "./testing/sweep.ts";

function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "trainscope-events-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** As one start of the sweep does. */
async function tell(folder: string, bodies: readonly SweepEventBody[]): Promise<void> {
  const file = await openEventFile(folder, () => expect.unreachable());
  for (const event of told(bodies)) file.write(event);
  await file.close();
}

function eventsIn(folder: string): SweepEvent[] {
  const lines = readFileSync(join(folder, SWEEP_EVENTS), "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as SweepEvent);
}

const POINT = { learningRate: 0.01, batchSize: 50 };
const FIRST = candidateEvents(0, POINT, 0.4);
const SECOND = candidateEvents(1, { ...POINT, batchSize: 100 }, 0.3);
/** What a start that goes on tells of what it finds. */
const FOUND: readonly SweepEventBody[] = FIRST.flatMap((event): SweepEventBody[] => {
  if (event.type === "trial:end") return [{ ...event, reused: true }];
  return event.type === "candidate:end" ? [event] : [];
});

it("has a sweep that was stopped and gone on with as a whole, each training once, numbered through", async () => {
  const folder = temporaryFolder();
  await tell(folder, [sweepStart(), ...FIRST, { type: "sweep:end", reason: "stopped" }]);
  await tell(folder, [sweepStart(), ...FOUND, ...SECOND, { type: "sweep:end", reason: "stopped" }]);
  const whole = [sweepStart(), ...FIRST, { type: "sweep:end", reason: "stopped" }];
  const expected = [...whole, sweepStart(), ...SECOND, { type: "sweep:end", reason: "stopped" }];
  expect(eventsIn(folder).map(({ seq: _, time: __, v: ___, ...body }) => body)).toEqual(expected);
  expect(eventsIn(folder).map(({ seq }) => seq)).toEqual(expected.map((_, index) => index));
});

it("tells once more what was trained anew, and a setting that has another seed", async () => {
  const folder = temporaryFolder();
  await tell(folder, [sweepStart(), ...FIRST]);
  const end = FIRST.at(-1) as SweepEventBody & { type: "candidate:end" };
  const more = { ...end, values: { ...end.values, 2: 0.35 } };
  await tell(folder, [sweepStart(), ...FIRST.slice(0, -1), more]);
  expect(eventsIn(folder)).toHaveLength(2 * (1 + FIRST.length));
});

it("tells what was found in the store, and in no event before", async () => {
  const folder = temporaryFolder();
  await tell(folder, [sweepStart(), ...FOUND]);
  expect(eventsIn(folder)).toHaveLength(1 + FOUND.length);
});

it("goes on behind the last whole line; a torn one is gone, one that is wrong stays", async () => {
  const folder = temporaryFolder();
  await tell(folder, [sweepStart()]);
  appendFileSync(join(folder, SWEEP_EVENTS), '{"type":"of another program"}\n{"type":"trial:end","v":1,"se');
  await tell(folder, [sweepStart(), ...SECOND]);
  const events = eventsIn(folder);
  expect(events).toHaveLength(2 + 1 + SECOND.length);
  expect(events.map(({ type }) => type).slice(0, 3)).toEqual([
    "sweep:start",
    "of another program",
    "sweep:start",
  ]);
  expect(events.at(-1)?.seq).toBe(1 + SECOND.length);
});

it("follows no link, and takes nothing else for a file", async () => {
  const folder = temporaryFolder();
  const elsewhere = join(folder, "elsewhere");
  writeFileSync(elsewhere, "mine");
  symlinkSync(elsewhere, join(folder, SWEEP_EVENTS));
  await expect(openEventFile(folder, () => {})).rejects.toMatchObject({ code: "OUTPUT_NOT_WRITABLE" });
  expect(readFileSync(elsewhere, "utf8")).toBe("mine");
  rmSync(join(folder, SWEEP_EVENTS));
  mkdirSync(join(folder, SWEEP_EVENTS));
  await expect(openEventFile(folder, () => {})).rejects.toMatchObject({ code: "OUTPUT_NOT_WRITABLE" });
});
