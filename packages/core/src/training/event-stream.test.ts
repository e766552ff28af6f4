import { Observable } from "rxjs";
import { expect, it } from "vitest";
import type { TrainingEvent } from "../events.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import { EventStream } from "./event-stream.ts";
import { train } from "./train.ts";

const dataset = createTinyDataset();
const settings = { epochs: 3, batchSize: 20, learningRate: 0.02 };

const event = (seq: number): TrainingEvent => ({ seq }) as TrainingEvent;

async function collect(stream: AsyncIterable<TrainingEvent>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { seq } of stream) {
    numbers.push(seq);
    await Promise.resolve();
  }
  return numbers;
}

it("gives a loop every event of a run, in order, run:end last", async () => {
  const types: string[] = [];
  for await (const { type } of train({ dataset, settings })) types.push(type);
  expect(types.filter((type) => type === "epoch:end")).toHaveLength(3);
  expect([types[0], types.at(-1)]).toEqual(["run:start", "run:end"]);
});

it("keeps what came at once, and what comes while the loop works, for the loop", async () => {
  const stream = new EventStream((subscriber) => {
    for (const seq of [0, 1, 2]) subscriber.next(event(seq));
    setTimeout(() => {
      subscriber.next(event(3));
      subscriber.next(event(4));
      subscriber.complete();
    });
  });
  expect(await collect(stream)).toEqual([0, 1, 2, 3, 4]);
});

it("a loop that is left ends the run", async () => {
  let isEnded = false;
  const stream = new EventStream((subscriber) => {
    subscriber.next(event(0));
    subscriber.next(event(1));
    return () => {
      isEnded = true;
    };
  });
  for await (const { seq } of stream) if (seq === 0) break;
  expect(isEnded).toBe(true);
});

it("can be left while nothing is told, and whoever waits for the next event is told so", async () => {
  let isEnded = false;
  const events = new EventStream(() => () => {
    isEnded = true;
  })[Symbol.asyncIterator]();
  const waiting = events.next();
  expect(await events.return?.()).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(isEnded).toBe(true);
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

it("an error is thrown in the loop, after the events before it", async () => {
  const stream = new EventStream((subscriber) => {
    subscriber.next(event(0));
    subscriber.error(new Error("no"));
  });
  const numbers: number[] = [];
  const loop = (async () => {
    for await (const { seq } of stream) numbers.push(seq);
  })();
  await expect(loop).rejects.toThrow("no");
  expect(numbers).toEqual([0]);
});

it("is an Observable like any other", () => {
  expect(train({ dataset, settings })).toBeInstanceOf(Observable);
});
