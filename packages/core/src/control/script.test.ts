import { describe, expect, it } from "vitest";
import type { ControlEvent } from "../events.ts";
import { resolveSettings } from "../settings/settings.ts";
import { checkScript } from "./check-script.ts";
import type { Control } from "./control.ts";
import { readScript, type ScriptedControl, scriptOf } from "./script.ts";

const at = (epoch: number, batch: number, control: Control): ScriptedControl => ({ epoch, batch, control });

describe("checkScript", () => {
  const settings = resolveSettings({ epochs: 3, batchSize: 25 });
  const check = (...script: ScriptedControl[]) => checkScript(script, settings, 60);

  it("puts places in order, and leaves controls of one place as they are", () => {
    const first = at(1, 2, { action: "lambda", to: 1 });
    const second = at(1, 2, { action: "lambda", to: 0 });
    const third = at(2, 0, { action: "export" });
    expect(check(third, first, second)).toEqual([first, second, third]);
  });

  it.each([
    [{ epoch: 0 }, "script: epoch is 0; expected a whole number of at least 1"],
    [{ epoch: "1" as unknown as number }, 'script: epoch is "1"; expected a whole number of at least 1'],
    [{ batch: -1 }, "script: batch is -1; expected a whole number of at least 0"],
    [
      { control: { action: "jump" } as unknown as Control },
      'script: action is "jump"; expected one of pause, resume,',
    ],
    [
      { control: { action: "lambda", to: -1 } as const },
      "script: lambda is -1; expected a number of at least 0, in epoch 1, after batch 1",
    ],
    [
      { control: { action: "lambda", to: "0.1" as unknown as number } as const },
      'script: lambda is "0.1"; expected a number of at least 0',
    ],
    [{ epoch: 4, batch: 0 }, "script: no export at the start of epoch 4: the run has 3 epochs"],
    [{ batch: 4 }, "script: no export in epoch 1, after batch 4: the epoch has 3 batches"],
    [
      { epoch: 2, control: { action: "epochs", to: 1 } as const },
      "script: no epochs in epoch 2, after batch 1: it is 1; expected at least the present epoch",
    ],
  ] satisfies [Partial<ScriptedControl>, string][])("refuses %j", (wrong, message) => {
    expect(() => check({ ...at(1, 1, { action: "export" }), ...wrong })).toThrow(message);
  });

  it("knows the places that its own changes make and take away", () => {
    const smaller = at(1, 1, { action: "batchSize", to: 10 });
    const late = at(1, 5, { action: "export" });
    // 25 images, then 35 in batches of 10: five in all. Whole epochs have six.
    expect(check(smaller, late, at(2, 6, { action: "export" }))).toHaveLength(3);
    expect(() => check(smaller, at(1, 6, { action: "export" }))).toThrow("the epoch has 5 batches");
    expect(() => check(smaller, at(2, 7, { action: "export" }))).toThrow("the epoch has 6 batches");
    const longer = at(3, 3, { action: "epochs", to: 5 });
    expect(check(longer, at(5, 0, { action: "export" }))).toHaveLength(2);
    const shorter = at(1, 0, { action: "epochs", to: 2 });
    expect(() => check(shorter, longer)).toThrow("the run has 2 epochs");
    expect(() => check(at(2, 1, { action: "stop" }), longer)).toThrow("the run is stopped in epoch 2");
  });
});

describe("scriptOf", () => {
  it("has what changes results, and nothing else", () => {
    const event = (action: ControlEvent["action"], to: ControlEvent["to"]): ControlEvent => ({
      v: 1,
      seq: 0,
      runId: "r",
      time: 0,
      type: "control",
      action,
      from: null,
      to,
      epoch: 2,
      batch: 3,
    });
    const events = [
      event("pause", "paused"),
      event("lambda", 0.5),
      event("step", "stepping"),
      event("checkpoint", null),
      event("export", null),
      event("resume", "running"),
      event("epochs", 9),
      event("stop", "stopping"),
    ];
    expect(scriptOf(events)).toEqual([
      at(2, 3, { action: "lambda", to: 0.5 }),
      at(2, 3, { action: "epochs", to: 9 }),
      at(2, 3, { action: "stop" }),
    ]);
  });
});

describe("readScript", () => {
  it("gives each place its controls once, tells of what was missed, and knows what comes next", () => {
    const script = [
      at(1, 2, { action: "export" }),
      at(1, 2, { action: "checkpoint" }),
      at(1, 9, { action: "stop" }),
      at(3, 1, { action: "pause" }),
    ];
    const reader = readScript(script);
    const missed: ScriptedControl[] = [];
    const take = (epoch: number, batch: number) =>
      reader.take({ epoch, batch }, (entry) => missed.push(entry)).map(({ action }) => action);
    expect([take(1, 0), reader.nextBatch(1)]).toEqual([[], 2]);
    expect([take(1, 2), reader.nextBatch(1)]).toEqual([["export", "checkpoint"], 9]);
    expect([take(2, 0), missed, reader.nextBatch(2)]).toEqual([[], [script[2]], undefined]);
    expect(reader.rest()).toEqual([script[3]]);
  });
});
