import { expect, it, onTestFinished, vi } from "vitest";
import type { JobProgress } from "./job.ts";
import { createProgressWriter } from "./progress-writer.ts";

const FIRST: JobProgress = { starts: 2, inVain: 2, reached: 3, worker: "one", values: {} };

function createJob() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const written: JobProgress[] = [];
  const answers: (() => void)[] = [];
  const updateProgress = async (progress: JobProgress): Promise<void> => {
    written.push(progress);
    await new Promise<void>((resolve) => answers.push(resolve));
  };
  return { updateProgress, written, answers };
}

it("writes the latest, and clears the starts in vain as soon as it is further than before", async () => {
  const job = createJob();
  const writer = createProgressWriter(job, FIRST);
  writer.write({ reached: 2, values: {} });
  writer.write({ reached: 4, values: { loss: 1 } });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(job.written).toEqual([{ ...FIRST, reached: 4, inVain: 0, values: { loss: 1 } }]);
});

it("one writing at a time, however long it takes; then the latest", async () => {
  const job = createJob();
  const writer = createProgressWriter(job, FIRST);
  for (let reached = 4; reached < 20; reached++) {
    writer.write({ reached, values: {} });
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(job.written.map(({ reached }) => reached)).toEqual([4]);
  job.answers[0]?.();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(job.written.map(({ reached }) => reached)).toEqual([4, 19]);
  writer.close();
  job.answers[1]?.();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(job.written).toHaveLength(2);
});
