import type { Control } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import type { ValuesRecord } from "@trainscope/core/records";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { Subject } from "rxjs";
import { expect, it, vi } from "vitest";
import { FakeTerminal } from "./dashboard/testing/fake-terminal.ts";
import { type DashboardOptions, type DashboardSource, showDashboard } from "./show-dashboard.ts";

function show(source: DashboardSource, options: DashboardOptions = {}) {
  const terminal = new FakeTerminal();
  const stdout = terminal as unknown as NodeJS.WriteStream;
  const stdin = terminal as unknown as NodeJS.ReadStream;
  return { terminal, shown: showDashboard(source, { ...options, stdout, stdin }) };
}

function shows(terminal: FakeTerminal, text: string): Promise<void> {
  return vi.waitFor(() => expect(terminal.written).toContain(text));
}

const CTRL_C = "\u0003";

it("shows a run's events until they complete", async () => {
  const events = new Subject<TrainingEvent>();
  const { terminal, shown } = show(events);
  for (const event of [at(0, runStart()), ...epochEvents(2)]) events.next(event);
  await shows(terminal, "CIFAR-10");
  events.complete();
  await shown;
  expect(terminal.isRestored).toBe(true);
});

it("shows plain objects of an async iterable, names that come later among them", async () => {
  let leaves = (): void => {};
  const seen = new Promise<void>((resolve) => {
    leaves = resolve;
  });
  async function* training(): AsyncGenerator<ValuesRecord> {
    yield { epoch: 1, loss: 0.8125, val_loss: 1 };
    yield { epoch: 2, loss: Number.NaN, val_loss: 0.9375, val_f1: 0.625 };
    await seen;
  }
  const { terminal, shown } = show(training(), { name: "my loop", length: 8 });
  for (const text of ["my loop", "0.9375", "0.625", "f1"]) await shows(terminal, text);
  leaves();
  await shown;
  expect(terminal.isRestored).toBe(true);
});

it("rejects with the stream's error, and the terminal restored", async () => {
  const records = new Subject<ValuesRecord>();
  const { terminal, shown } = show(records);
  records.next({ step: 1, loss: 1 });
  records.error(new Error("the GPU has gone"));
  await expect(shown).rejects.toThrow("the GPU has gone");
  expect(terminal.isRestored).toBe(true);
});

it("rejects what is no object, and the terminal restored", async () => {
  const { terminal, shown } = show([{ loss: 1 }, 5 as unknown as ValuesRecord]);
  await expect(shown).rejects.toThrow(/^record 2 is 5; expected an object/);
  expect(terminal.isRestored).toBe(true);
});

it.each(["q", CTRL_C])("without control %j leaves, and other keys ask for nothing", async (key) => {
  const records = new Subject<ValuesRecord>();
  const { terminal, shown } = show(records);
  records.next({ epoch: 1, loss: 0.8125 });
  await shows(terminal, "0.8125");
  terminal.send("p");
  await shows(terminal, "nothing can be asked");
  terminal.send(key);
  await shown;
  expect(records.observed).toBe(false);
  expect(terminal.isRestored).toBe(true);
});

it.each(["a function", "an observer"])("%s is given what keys ask for", async (kind) => {
  const asked: Control[] = [];
  const take = (control: Control): void => void asked.push(control);
  const records = new Subject<ValuesRecord>();
  const { terminal, shown } = show(records, { control: kind === "a function" ? take : { next: take } });
  records.next({ epoch: 1, loss: 0.8125 });
  await shows(terminal, "0.8125");
  terminal.send("p");
  await vi.waitFor(() => expect(asked).toEqual([{ action: "pause" }]));
  terminal.send(CTRL_C);
  await vi.waitFor(() => expect(asked.at(-1)).toEqual({ action: "stop" }));
  expect(records.observed).toBe(true);
  terminal.send(CTRL_C);
  await shown;
  expect(terminal.isRestored).toBe(true);
});
