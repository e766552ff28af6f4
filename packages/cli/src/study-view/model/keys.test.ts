import { describe, expect, it } from "vitest";
import { FIRST_VIEW, performStudy, type StudyCommand, type StudyView, studyCommandsOf } from "./keys.ts";

const NO_KEY = {
  ctrl: false,
  meta: false,
  escape: false,
  upArrow: false,
  downArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
};
const RUNNING = { phase: "running", stopping: false } as const;
const TABLE = { length: 30, visible: 5 };

function after(...commands: readonly StudyCommand[]): StudyView {
  return commands.reduce((view, command) => performStudy(command, view, RUNNING, TABLE).view, FIRST_VIEW);
}

describe("studyCommandsOf", () => {
  it("knows letters, arrows and Ctrl-C, and neither pasted text nor releases", () => {
    expect(studyCommandsOf("xq?", NO_KEY)).toEqual(["stop", "quit", "help"]);
    expect(studyCommandsOf("jK", NO_KEY)).toEqual(["down", "up"]);
    expect(studyCommandsOf("", { ...NO_KEY, pageDown: true })).toEqual(["pageDown"]);
    expect(studyCommandsOf("c", { ...NO_KEY, ctrl: true })).toEqual(["interrupt"]);
    expect(studyCommandsOf("quick", NO_KEY)).toEqual([]);
    expect(studyCommandsOf("x", { ...NO_KEY, eventType: "release" })).toEqual([]);
  });
});

describe("performStudy", () => {
  it("stops with x or Ctrl-C, and leaves at the second Ctrl-C", () => {
    for (const command of ["stop", "interrupt"] as const) {
      expect(performStudy(command, FIRST_VIEW, RUNNING, TABLE)).toMatchObject({ stop: true });
    }
    const stopping = { ...RUNNING, stopping: true };
    expect(performStudy("interrupt", FIRST_VIEW, stopping, TABLE)).toEqual({ view: FIRST_VIEW, quit: true });
    expect(performStudy("stop", FIRST_VIEW, stopping, TABLE)).toEqual({ view: FIRST_VIEW });
  });

  it("asks once more before it quits, and not after the end", () => {
    const asked = performStudy("quit", FIRST_VIEW, RUNNING, TABLE);
    expect(asked).toEqual({ view: { ...FIRST_VIEW, quitting: true } });
    expect(performStudy("quit", asked.view, RUNNING, TABLE).quit).toBe(true);
    expect(after("quit", "up").quitting).toBe(false);
    expect(performStudy("quit", FIRST_VIEW, { ...RUNNING, phase: "ended" }, TABLE).quit).toBe(true);
  });

  it("scrolls within the table, and follows its end again once it is there", () => {
    expect(after("up").bottom).toBe(29);
    expect(after("up", "pageUp").bottom).toBe(25);
    expect(after("first").bottom).toBe(5);
    expect(after("first", "up", "up", "down").bottom).toBe(6);
    expect(after("up", "down").bottom).toBeUndefined();
    expect(after("pageUp", "last").bottom).toBeUndefined();
  });

  it("has nothing to scroll in a table that fits", () => {
    const fits = { length: 3, visible: 5 };
    for (const command of ["up", "down", "first"] as const) {
      expect(performStudy(command, FIRST_VIEW, RUNNING, fits).view.bottom).toBeUndefined();
    }
  });
});
