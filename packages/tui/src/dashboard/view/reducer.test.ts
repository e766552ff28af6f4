import type { Control } from "@trainscope/core";
import type { EventBody } from "@trainscope/core/events";
import type { ProcessState, Source } from "@trainscope/core/source";
import { at, control } from "@trainscope/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addToDashboard } from "../model/add-event.ts";
import { CHANGEABLE, type Changeable } from "../model/changeable.ts";
import { type DashboardState, settingNow } from "../model/state.ts";
import { change, stateOf } from "../testing/events.ts";
import { HERE } from "../testing/scenes.ts";
import type { Command } from "./commands.ts";
import { reduceView } from "./reducer.ts";
import { FIRST_VIEW, TAB_NAMES, type View } from "./view.ts";
import type { Effect, ViewContext } from "./view-change.ts";

const training = stateOf(5);
const paused = addToDashboard(training, at(9000, control("pause")));
const stopping = addToDashboard(training, { type: "request", control: { action: "stop" } });
const finishing = addToDashboard(stopping, at(9000, control("stop")));

const LAST_SCROLL = 7;

function contextOf(state: DashboardState): ViewContext {
  return { state, ...HERE, lastScroll: () => LAST_SCROLL, page: () => 3 };
}

/** What a person has done, one after the other, at a run that stands where it stands. */
function after(commands: readonly Command[], state = training, first: View = FIRST_VIEW) {
  let view = first;
  const effects: Effect[] = [];
  for (const command of commands) {
    const change = reduceView(view, command, contextOf(state));
    view = change.view;
    effects.push(...change.effects);
  }
  return { view, effects, controls: controlsOf(effects) };
}

function controlsOf(effects: readonly Effect[]): readonly Control[] {
  return effects.flatMap((effect) => (effect.kind === "control" ? [effect.control] : []));
}

function typing(text: string): readonly Command[] {
  return [...text].map((character) => ({ kind: "type", character }));
}

const processState = fc.constantFrom<1 | -1>(1, -1);
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>(
    ...(
      ["help", "escape", "axis", "smoothing", "crosshair", "whole", "toggle", "undo", "checkpoint"] as const
    ).map((kind) => ({ kind })),
    ...(["export", "picture", "stop", "quit", "interrupt", "erase", "apply"] as const).map((kind) => ({
      kind,
    })),
    { kind: "edge", edge: "first" },
    { kind: "edge", edge: "last" },
    { kind: "step", unit: "batch" },
    { kind: "step", unit: "epoch" },
    { kind: "answer", answer: "go on" },
    { kind: "answer", answer: "save" },
  ),
  fc.constantFrom(...TAB_NAMES).map((tab): Command => ({ kind: "tab", tab })),
  fc.constantFrom(...CHANGEABLE).map((field): Command => ({ kind: "edit", field })),
  fc.constantFrom(..."0123456789.e-").map((character): Command => ({ kind: "type", character })),
  fc
    .tuple(fc.constantFrom("next-tab", "page", "zoom", "field", "across", "scroll"), processState)
    .map(([kind, by]): Command => ({ kind, by }) as Command),
);

describe("reduceView", () => {
  it("selects tabs, goes round, and leads back from the help", () => {
    expect(after([{ kind: "tab", tab: "log" }]).view.tab).toBe("log");
    expect(after([{ kind: "next-tab", by: -1 }]).view.tab).toBe("help");
    const helped = after([{ kind: "tab", tab: "samples" }, { kind: "help" }]);
    expect(helped.view.tab).toBe("help");
    for (const kind of ["help", "escape"] as const) {
      expect(after([{ kind }], training, helped.view).view.tab).toBe("samples");
    }
  });

  it("pauses a run that goes on, and resumes one that is paused or about to be", () => {
    const asked = addToDashboard(training, { type: "request", control: { action: "pause" } });
    expect(after([{ kind: "toggle" }], training).controls).toEqual([{ action: "pause" }]);
    expect(after([{ kind: "toggle" }], paused).controls).toEqual([{ action: "resume" }]);
    expect(after([{ kind: "toggle" }], asked).controls).toEqual([{ action: "resume" }]);
  });

  it("asks what a stop means before it stops", () => {
    for (const kind of ["stop", "quit"] as const) {
      const asked = after([{ kind }]);
      expect(asked.view.dialog).toEqual({ kind: "stop" });
      expect(asked.effects).toEqual([]);
      const answer = (given: "save" | "now" | "go on") =>
        after([{ kind: "answer", answer: given }], training, asked.view);
      expect(answer("save").controls).toEqual([{ action: "stop" }]);
      expect(answer("now").effects).toEqual([{ kind: "quit" }]);
      expect(answer("go on")).toMatchObject({ effects: [], view: { dialog: undefined } });
    }
  });

  it("stops at the first Ctrl-C and leaves at the second, whatever is open", () => {
    for (const first of [
      FIRST_VIEW,
      after([{ kind: "stop" }]).view,
      after([{ kind: "edit", field: "lambda" }]).view,
    ]) {
      expect(after([{ kind: "interrupt" }], training, first).controls).toEqual([{ action: "stop" }]);
      expect(after([{ kind: "interrupt" }], stopping, first).effects).toEqual([{ kind: "quit" }]);
    }
  });

  it("asks for every setting that was typed, and for none where one is wrong", () => {
    const open: Command = { kind: "edit", field: "learningRate" };
    const both: readonly Command[] = [open, ...typing("5e-4"), { kind: "field", by: 1 }, ...typing("0")];
    const right = after([...both, { kind: "apply" }]);
    expect(right.controls).toEqual([
      { action: "learningRate", to: 0.0005 },
      { action: "lambda", to: 0 },
    ]);
    expect(right.view.dialog).toBeUndefined();
    const wrong = after([...both, { kind: "field", by: 1 }, ...typing("1.5"), { kind: "apply" }]);
    expect(wrong.effects).toEqual([]);
    expect(wrong.view.dialog).toMatchObject({
      field: "batchSize",
      error: "batch size 1.5: expected a whole number of at least 1",
    });
  });

  it.each([
    ["learningRate", "0", "expected a number above 0"],
    ["learningRate", "1e999", "expected a number above 0"],
    ["learningRate", "1e", "expected a number above 0"],
    ["lambda", "-1", "expected a number of at least 0"],
    ["batchSize", "0", "expected a whole number of at least 1"],
    ["epochs", "5", "expected a whole number of at least 6, the present epoch"],
  ] as const)("refuses %s %s, and says why", (field, text, error) => {
    const { view, effects } = after([{ kind: "edit", field }, ...typing(text), { kind: "apply" }]);
    expect(effects).toEqual([]);
    expect(view.dialog).toMatchObject({ error: expect.stringContaining(error) });
    const typedOn = after([{ kind: "erase" }], training, view).view;
    expect(typedOn.dialog).toMatchObject({ error: undefined, texts: { [field]: text.slice(0, -1) } });
  });

  it("leaves every dialog by Esc, whatever was done in it", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const { view } = after(commands);
        expect(after([{ kind: "escape" }], training, view).view.dialog).toBeUndefined();
      }),
    );
  });

  it("stays within what there is to scroll, and never shows an impossible chart", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const { view } = after(commands);
        for (const scroll of Object.values(view.scroll)) {
          expect(scroll).toBeGreaterThanOrEqual(0);
          expect(scroll).toBeLessThanOrEqual(LAST_SCROLL);
        }
        const { window, crosshair, smoothing } = view.charts;
        if (window) expect(window.first).toBeLessThanOrEqual(window.last);
        if (crosshair !== undefined) expect([1, 2, 3, 4, 5]).toContain(crosshair);
        expect([0, 0.6, 0.9]).toContain(smoothing);
        expect(TAB_NAMES).toContain(view.tab);
      }),
    );
  });

  it.each([stopping, finishing])("asks a run that ends for nothing more, whatever is done", (state) => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        expect(after(commands, state).controls).toEqual([]);
      }),
    );
  });

  it("takes a notice away with the next key", () => {
    const { view } = after([{ kind: "smoothing" }]);
    expect(view.notice).toContain("smoothing 0.6");
    expect(after([{ kind: "tab", tab: "log" }], training, view).view.notice).toBeUndefined();
  });

  it("scrolls the log up from its end and follows it again there, everything else from its start", () => {
    const up = (tab: View["tab"]) =>
      after([
        { kind: "tab", tab },
        { kind: "scroll", by: -2 },
      ]).view.scroll[tab];
    expect(up("log")).toBe(LAST_SCROLL - 2);
    const back: Command = { kind: "edge", edge: "last" };
    expect(after([{ kind: "tab", tab: "log" }, { kind: "scroll", by: -2 }, back]).view.scroll).toEqual({});
    expect(up("plugins")).toBeUndefined();
  });
});

describe("undo", () => {
  /** A trainer that makes each change at once. */
  function undoAll(state: DashboardState, times: number): DashboardState {
    let next = state;
    for (let time = 0; time < times; time++) {
      for (const asked of after([{ kind: "undo" }], next).controls) {
        if (!("to" in asked)) throw new Error(`undo asked for ${asked.action}`);
        const from = settingNow(next, asked.action) ?? Number.NaN;
        next = addToDashboard(next, at(9000 + time, change(asked.action, from, asked.to)));
      }
    }
    return next;
  }

  const values = {
    learningRate: [0.1, 0.2, 0.3],
    lambda: [0, 1, 2],
    batchSize: [10, 20, 30],
    epochs: [50, 60, 70],
  };
  const changes = fc.array(fc.tuple(fc.constantFrom(...CHANGEABLE), fc.nat(2)), { maxLength: 8 });

  function changed(list: readonly (readonly [Changeable, number])[]): DashboardState {
    return list.reduce<DashboardState>((state, [setting, index]) => {
      const [from, to] = [settingNow(state, setting) ?? Number.NaN, values[setting][index] ?? 0];
      return from === to ? state : addToDashboard(state, at(8000, change(setting, from, to)));
    }, stateOf(5));
  }

  it("walks back through any list of changes to the settings that the run began with", () => {
    fc.assert(
      fc.property(changes, (list) => {
        const state = undoAll(changed(list), list.length);
        for (const setting of CHANGEABLE)
          expect(settingNow(state, setting)).toBe(settingNow(training, setting));
        expect(after([{ kind: "undo" }], state).view.notice).toContain("nothing to undo");
      }),
    );
  });

  it("takes back the last change, before the trainer has made it too", () => {
    const once = changed([["lambda", 1]]);
    expect(after([{ kind: "undo" }], once).controls).toEqual([{ action: "lambda", to: 0.1 }]);
    const asked = addToDashboard(once, { type: "request", control: { action: "lambda", to: 2 } });
    expect(after([{ kind: "undo" }], asked).controls).toEqual([{ action: "lambda", to: 1 }]);
    const back = addToDashboard(asked, { type: "request", control: { action: "lambda", to: 1 } });
    expect(after([{ kind: "undo" }], back).controls).toEqual([{ action: "lambda", to: 0.1 }]);
  });

  it("passes over a number of epochs that is not possible any more", () => {
    const short = addToDashboard(changed([["lambda", 1]]), at(8500, change("epochs", 3, 50)));
    expect(after([{ kind: "undo" }], short).controls).toEqual([{ action: "lambda", to: 0.1 }]);
  });
});

describe("reduceView where another process trains, or none", () => {
  const replay: Source = { kind: "replay", playing: false, speed: 1, epoch: 5, lastEpoch: 40 };
  const attached = (mayControl: boolean, processState: ProcessState = "alive"): Source => {
    return { kind: "attached", mayControl, processState, lastHeartbeat: 0 };
  };
  const watched: Source = { kind: "watched", name: "train.py" };

  function reduce(command: Command, source: Source, more: Partial<ViewContext> = {}, view: View = FIRST_VIEW) {
    return reduceView(view, command, { ...contextOf(training), source, ...more });
  }

  const ASKING: readonly Command[] = [
    { kind: "step", unit: "epoch" },
    { kind: "undo" },
    { kind: "checkpoint" },
    { kind: "export" },
    { kind: "stop" },
    { kind: "edit", field: "lambda" },
  ];

  it.each([
    ["a replay", replay, "this is a replay: nothing is trained here"],
    ["a view without control", attached(false), "attached without control: start with --control"],
    [
      "a view of a run whose process died",
      attached(true, "died"),
      "the process that trained this run has died: nobody would answer",
    ],
    ["a watched program", watched, "another program trains: nothing can be asked of it here"],
  ])("asks nothing of %s, and says why", (_, source, notice) => {
    for (const command of ASKING) {
      const { view, effects } = reduce(command, source);
      expect([view.notice, view.dialog, effects]).toEqual([notice, undefined, []]);
    }
  });

  it("leaves any of them at once, from a dialog too", () => {
    for (const source of [replay, attached(false), attached(true), watched]) {
      expect(reduce({ kind: "quit" }, source).effects).toEqual([{ kind: "quit" }]);
      const dialog = { kind: "stop" } as const;
      expect(reduce({ kind: "interrupt" }, source, {}, { ...FIRST_VIEW, dialog }).effects).toEqual([
        { kind: "quit" },
      ]);
    }
  });

  it("asks a run that is attached with control for what its own screen would", () => {
    expect(reduce({ kind: "toggle" }, attached(true)).effects).toEqual([
      { kind: "control", control: { action: "pause" } },
    ]);
    const { view } = reduce({ kind: "stop" }, attached(true));
    expect(reduce({ kind: "answer", answer: "save" }, attached(true), {}, view).effects).toEqual([
      { kind: "control", control: { action: "stop" } },
    ]);
  });

  it("goes to other epochs only in a replay", () => {
    for (const source of [HERE.source, attached(true), watched]) {
      const { view, effects } = reduce({ kind: "play-epochs", by: 1 }, source);
      expect([view.notice, effects]).toEqual(["only a replay goes to other epochs: trainscope replay", []]);
    }
  });

  it("forks with what was changed alone, and asks nothing of the run itself", () => {
    for (const source of [HERE.source, replay]) {
      let { view } = reduce({ kind: "fork" }, source, { mayFork: true });
      for (const character of "0.5") {
        view = reduce({ kind: "type", character }, source, { mayFork: true }, view).view;
      }
      const { effects, view: closed } = reduce({ kind: "apply" }, source, { mayFork: true }, view);
      expect(effects).toEqual([{ kind: "fork", changed: { learningRate: 0.5 } }]);
      expect(closed.dialog).toBeUndefined();
    }
  });

  it("forks a replay of a run that has ended", () => {
    const ended = addToDashboard(finishing, at(9001, RUN_END));
    const { view } = reduce({ kind: "fork" }, replay, { state: ended, mayFork: true });
    expect(view.dialog).toMatchObject({ kind: "settings", purpose: "fork" });
    expect(reduce({ kind: "apply" }, replay, { state: ended, mayFork: true }, view).effects).toEqual([
      { kind: "fork", changed: {} },
    ]);
  });

  it("says why there is no fork", () => {
    expect(reduce({ kind: "fork" }, replay).view.notice).toContain("its run.json is missing");
    const ending = reduce({ kind: "fork" }, HERE.source, { state: finishing, mayFork: true });
    expect(ending.view).toMatchObject({ dialog: undefined, notice: expect.stringContaining("ending") });
  });
});

const RUN_END: EventBody = {
  type: "run:end",
  reason: "stopped",
  epochs: 5,
  keptEpoch: 5,
  metrics: {},
  plugins: [],
};

describe("a program that was started here", () => {
  const program: Source = { kind: "watched", name: "train.py", isOurs: true };
  const reduce = (view: View, command: Command, source: Source = program) =>
    reduceView(view, command, { ...contextOf(training), source });
  const asking = reduce(FIRST_VIEW, { kind: "quit" }).view;

  it("q asks whether it goes on; once it has ended q leaves", () => {
    expect(asking.dialog).toEqual({ kind: "stop" });
    const ended = reduce(FIRST_VIEW, { kind: "quit" }, { ...program, hasEnded: true });
    expect(ended.effects).toEqual([{ kind: "quit" }]);
  });

  it("it is stopped, left, or goes on, as is answered", () => {
    const stop: Effect = { kind: "control", control: { action: "stop" } };
    expect(reduce(asking, { kind: "answer", answer: "save" }).effects).toEqual([stop]);
    expect(reduce(asking, { kind: "answer", answer: "now" }).effects).toEqual([{ kind: "quit" }]);
    const goesOn = reduce(asking, { kind: "answer", answer: "go on" });
    expect([goesOn.effects, goesOn.view.dialog]).toEqual([[], undefined]);
  });

  it("each Ctrl-C reaches it", () => {
    for (const state of [training, stopping]) {
      const { effects } = reduceView(
        FIRST_VIEW,
        { kind: "interrupt" },
        { ...contextOf(state), source: program },
      );
      expect(controlsOf(effects)).toEqual([{ action: "stop" }]);
    }
  });

  it("a program that was started elsewhere is left without a question", () => {
    const other: Source = { kind: "watched", name: "log.txt" };
    expect(reduce(FIRST_VIEW, { kind: "quit" }, other).effects).toEqual([{ kind: "quit" }]);
  });
});
