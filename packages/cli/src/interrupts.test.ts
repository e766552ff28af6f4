import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Interrupts, watchInterrupts } from "./interrupts.ts";

const onFirst = vi.fn();
const onSecond = vi.fn();
let interrupts: Interrupts;
let now = 0;

beforeEach(() => {
  vi.resetAllMocks();
  vi.spyOn(performance, "now").mockImplementation(() => now);
  interrupts = watchInterrupts({ onFirst, onSecond });
});
afterEach(() => {
  interrupts.close();
  vi.restoreAllMocks();
});

function send(signal: NodeJS.Signals, after: number): void {
  now += after;
  process.emit(signal, signal);
}

const heard = () => [onFirst.mock.calls.length, onSecond.mock.calls.length];

it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("the first asks the run to end: %s", (signal) => {
  send(signal, 1000);
  expect(heard()).toEqual([1, 0]);
});

it("a Ctrl-C that npx passes on at once is the same one; the next leaves", () => {
  send("SIGINT", 1000);
  send("SIGINT", 20);
  expect(heard()).toEqual([1, 0]);
  send("SIGINT", 600);
  expect(heard()).toEqual([1, 1]);
});

it("a terminal that closes, and a service that is ended, say so as often as they like", () => {
  send("SIGHUP", 1000);
  for (const signal of ["SIGHUP", "SIGTERM", "SIGHUP"] as const) send(signal, 600);
  expect([heard(), interrupts.count]).toEqual([[1, 0], 1]);
});

it("two keys, or a key and a signal, at once are one, as two signals are", () => {
  now += 1000;
  expect(interrupts.note()).toBe(true);
  now += 50;
  expect(interrupts.note()).toBe(false);
  send("SIGINT", 50);
  expect([heard(), interrupts.count]).toEqual([[0, 0], 1]);
  now += 600;
  expect([interrupts.note(), interrupts.count]).toEqual([true, 2]);
});

it("a key that follows a signal at once is the same Ctrl-C", () => {
  send("SIGINT", 1000);
  now += 20;
  expect([interrupts.note(), interrupts.count]).toEqual([false, 1]);
});

it("after a Ctrl-C that the dashboard has seen to, another one leaves", () => {
  interrupts.note();
  send("SIGHUP", 1000);
  expect(heard()).toEqual([0, 0]);
  send("SIGINT", 600);
  expect(heard()).toEqual([0, 1]);
});
