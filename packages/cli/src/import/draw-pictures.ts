// The curves of an imported run, drawn by the exporter that draws those of our own.
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Artifact, RunContext } from "@trainscope/core";
import { messageOf } from "@trainscope/core/errors";
import {
  type ControlEvent,
  EVENT_VERSION,
  type EventBody,
  type MetricInfo,
  type RunStartEvent,
  type TrainingEvent,
} from "@trainscope/core/events";
import { writeWhole } from "@trainscope/runs/files";
import { from, lastValueFrom, toArray } from "rxjs";

interface Place {
  /** What the run is called. */
  readonly name: string;
  /** Where its folder is now, and where it will be. */
  readonly at: string;
  readonly folder: string;
}

/** A run may have hundreds of quantities: charts are drawn of so many, the ones most worth looking at first. */
const MOST_CHARTS = 12;

/** Gives what the run's log has to tell of them, or why there are none. */
export async function drawPictures(
  events: readonly TrainingEvent[],
  place: Place,
): Promise<{ events: readonly TrainingEvent[]; trouble?: string }> {
  const [start] = events;
  if (start?.type !== "run:start") return { events: [] };
  const last = events.at(-1) ?? start;
  const next = (body: EventBody, index: number): TrainingEvent => ({
    v: EVENT_VERSION,
    seq: last.seq + 1 + index,
    runId: start.runId,
    time: last.time,
    ...body,
  });
  try {
    const { curvesExporter } = await import("@trainscope/viz");
    const asked = next(ASK, 0) as ControlEvent;
    const limitedEvents = from([limited(start), ...events.slice(1), asked]);
    const artifacts = await lastValueFrom(
      curvesExporter().connect(limitedEvents, contextOf(start, place)).pipe(toArray<Artifact>()),
    );
    return {
      events: artifacts.map((artifact, index) =>
        next({ type: "artifact", plugin: "curves", ...artifact }, index),
      ),
    };
  } catch (error) {
    return { events: [], trouble: messageOf(error) };
  }
}

const ASK: EventBody = { type: "control", action: "export", from: null, to: null, epoch: 0, batch: 0 };

function limited(start: RunStartEvent): RunStartEvent {
  const names = [...new Set(start.metrics.map(({ name }) => name))];
  const drawn = new Set(names.slice(0, MOST_CHARTS));
  const metrics = start.metrics.map(
    (info): MetricInfo =>
      drawn.has(info.name) ? info : { ...info, display: { ...info.display, chart: false } },
  );
  return { ...start, metrics };
}

function refuse(): never {
  throw new Error("the parameters of another program's run are not known");
}

function contextOf({ runId }: RunStartEvent, { name, at, folder }: Place): RunContext {
  async function write(file: string, content: Uint8Array | string): Promise<string> {
    const part = join("artifacts", file);
    await mkdir(dirname(join(at, part)), { recursive: true });
    await writeWhole(join(at, part), content);
    return join(folder, part);
  }
  return {
    runId,
    dataName: name,
    classNames: [],
    shape: { width: 0, height: 0, channels: 0 },
    parameters: refuse,
    classifier: refuse,
    write,
    append: () => Promise.reject(new Error("a picture is written whole")),
  };
}
