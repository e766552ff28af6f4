import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createRequestQueue, MOST_AT_ONCE, PAUSE_MS } from "./request-queue.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const socket = { pause: vi.fn(), resume: vi.fn() };
  const queue = createRequestQueue(socket as never);
  const taken: number[] = [];
  const ask = (count: number): void => {
    const first = asked;
    asked += count;
    for (let i = first; i < asked; i++) queue.add(() => taken.push(i));
  };
  let asked = 0;
  return { socket, queue, taken, ask };
}

it("a person's keys are taken at once, and the socket is never held up", () => {
  const { socket, taken, ask } = setUp();
  for (let i = 1; i < MOST_AT_ONCE; i++) {
    ask(1);
    expect(taken).toHaveLength(i);
  }
  expect(socket.pause).not.toHaveBeenCalled();
});

it("of a flood so many are taken a turn, in order, and nothing is read meanwhile", () => {
  const { socket, taken, ask } = setUp();
  ask(10 * MOST_AT_ONCE + 5);
  expect(taken).toHaveLength(MOST_AT_ONCE);
  // Whoever asks on is held up by the system itself, and no memory grows.
  expect(socket.pause).toHaveBeenCalledTimes(1);
  for (let turn = 2; turn <= 10; turn++) {
    vi.advanceTimersByTime(PAUSE_MS);
    expect(taken).toHaveLength(turn * MOST_AT_ONCE);
    expect(socket.resume).not.toHaveBeenCalled();
  }
  vi.advanceTimersByTime(PAUSE_MS);
  expect(taken).toEqual(Array.from({ length: 10 * MOST_AT_ONCE + 5 }, (_, i) => i));
  expect(socket.resume).toHaveBeenCalledTimes(1);
});

it("when it is closed nothing more is taken", () => {
  const { queue, taken, ask } = setUp();
  ask(2 * MOST_AT_ONCE);
  queue.close();
  vi.advanceTimersByTime(10 * PAUSE_MS);
  expect(taken).toHaveLength(MOST_AT_ONCE);
});
