// A log that is cut anywhere: what a run is taken up from, and what becomes of it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Checkpoint, createReferenceEngine, type TrainOptions, train } from "@trainscope/core";
import { isPersisted, type TrainingEvent } from "@trainscope/core/events";
import { readEventLog } from "@trainscope/core/log";
import { createTinyDataset } from "@trainscope/core/testing";
import { createCheckpointStore, listCheckpoints } from "@trainscope/runs/checkpoints";
import { createRunFolder } from "@trainscope/runs/files";
import { NO_LABEL } from "@trainscope/runs/labels";
import { createEventLog, sizeBefore } from "@trainscope/runs/log";
import { lastValueFrom, tap } from "rxjs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findResumePoint } from "./resume-point.ts";

const RUN = "tiny";
const dataset = createTinyDataset();
const settings = { epochs: 4, batchSize: 25, learningRate: 0.05 };
const script = [
  { epoch: 2, batch: 1, control: { action: "learningRate", to: 0.02 } },
  { epoch: 3, batch: 2, control: { action: "checkpoint" } },
  { epoch: 4, batch: 3, control: { action: "lambda", to: 0.3 } },
] as const;

let home = "";
let log = Buffer.alloc(0);
/** As they were saved, by their paths. */
const saved = new Map<string, Checkpoint>();
let whole: readonly object[] = [];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "trainscope-standing-"));
  const folder = await createRunFolder(home, () => RUN);
  const writer = await createEventLog(join(folder.path, "events.jsonl"), expect.unreachable);
  const save = createCheckpointStore({ folder, keepLast: 3, past: [], flushLog: writer.flush });
  const events = await tellOf({
    settings,
    script,
    checkpointEvery: 1,
    async saveCheckpoint(checkpoint) {
      const path = await save(checkpoint);
      saved.set(path, checkpoint);
      return path;
    },
    onEvent: writer.add,
  });
  await writer.close();
  log = readFileSync(join(folder.path, "events.jsonl"));
  whole = outcomeOf(events);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

type Told = Partial<TrainOptions> & { readonly onEvent?: (event: TrainingEvent) => void };

async function tellOf({ onEvent, ...options }: Told): Promise<readonly TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  const run = train({ dataset, engine: createReferenceEngine, runId: RUN, ...options });
  const kept = tap((event: TrainingEvent) => {
    events.push(event);
    onEvent?.(event);
  });
  await lastValueFrom(run.pipe(kept));
  return events.filter(isPersisted);
}

const APART: readonly string[] = ["checkpoint", "run:resume"];

function outcomeOf(events: readonly TrainingEvent[]): readonly object[] {
  const told = events.filter(({ type }) => !APART.includes(type));
  return told.map((event) => ({ ...event, seq: 0, time: 0, timing: 0, plugins: 0 }));
}

function storedRun(bytes: Buffer) {
  const { events } = readEventLog(bytes.toString("utf8"));
  return {
    folder: join(home, RUN),
    runId: RUN,
    record: undefined,
    source: undefined,
    events,
    label: NO_LABEL,
    problems: [],
  };
}

it("cut anywhere, it leads to the newest checkpoint all of whose past it has", async () => {
  const lines = log.toString("utf8").trimEnd().split("\n");
  const seqs = lines.map((line) => (JSON.parse(line) as TrainingEvent).seq);
  const ends = lines.map((line, i) => lines.slice(0, i).join("\n").length + (i > 0 ? 1 : 0) + line.length);
  const there = [...(await pathsThere())].toReversed();
  expect(there).toHaveLength(3);
  const found = new Set<string | undefined>();
  for (let size = 0; size <= log.length; size++) {
    // Within a line one byte is as good as another; what may go wrong does so at its ends.
    if (size % 13 > 0 && !ends.some((end) => Math.abs(size - end) <= 3)) continue;
    // A last line is whole without its end, too.
    const count = ends.filter((end) => end <= size).length;
    const expected = there.find((path) => {
      const { seq = 0 } = saved.get(path) ?? {};
      return seqs.every((one, i) => one >= seq || i < count);
    });
    const { resumePoint } = await findResumePoint(storedRun(log.subarray(0, size)));
    expect([size, resumePoint?.path]).toEqual([size, expected]);
    found.add(expected);
  }
  expect(found.size).toBe(there.length + 1);
});

it("cut after any line, the run goes on from there to what it would have come to", async () => {
  for (let size = 0; size <= log.length; size = log.indexOf(0x0a, size) + 1 || log.length + 1) {
    const bytes = log.subarray(0, size);
    const run = storedRun(bytes);
    const { resumePoint } = await findResumePoint(run);
    if (resumePoint === undefined) continue;
    const path = join(home, "cut.jsonl");
    writeFileSync(path, bytes);
    const kept = log.subarray(0, await sizeBefore(path, resumePoint.checkpoint.seq));
    const again = await tellOf({
      script,
      checkpointEvery: 1,
      saveCheckpoint,
      resume: { ...resumePoint, events: run.events },
    });
    expect(outcomeOf([...readEventLog(kept.toString("utf8")).events, ...again])).toEqual(whole);
  }
});

it("of a checkpoint with any one bit flipped it says so, and takes the one before it", async () => {
  const [newest = "", before] = [...(await pathsThere())].toReversed();
  const bytes = readFileSync(newest);
  for (let bit = 0; bit < 8 * bytes.length; bit += 41) {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8((damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
    writeFileSync(newest, damaged);
    const { resumePoint, problems } = await findResumePoint(storedRun(log));
    expect([bit, resumePoint?.path]).toEqual([bit, before]);
    expect(problems).toEqual([expect.stringContaining(newest)]);
  }
  writeFileSync(newest, bytes);
});

const saveCheckpoint = async (): Promise<string> => "elsewhere";

/** Of those that were kept, the oldest first. */
async function pathsThere(): Promise<readonly string[]> {
  return (await listCheckpoints(join(home, RUN))).map(({ path }) => path);
}
