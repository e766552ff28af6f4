import type { ShownEvent } from "@trainscope/core/source";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { Observable, Subject } from "rxjs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Reporter } from "./choose.ts";
import { loadReporter, type Report } from "./report.ts";
import { reportOn } from "./report-on.ts";

let breakDashboard: (_: Error) => void;

/** The real ones, but for the dashboard: as that does, it subscribes at once, and lets go when it breaks. */
async function load(reporter: Reporter): Promise<Report> {
  if (reporter !== "dashboard") return await loadReporter(reporter);
  return async (events) => {
    const done = Promise.withResolvers<void>();
    const subscription = events.subscribe({ complete: done.resolve, error: done.reject });
    breakDashboard = (error) => {
      subscription.unsubscribe();
      done.reject(error);
    };
    await done.promise;
  };
}

const OPTIONS = { formats: new Map(), onControl() {}, onQuit() {} };
let stdout = "";
let stderr = "";
beforeEach(() => {
  [stdout, stderr] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    stdout += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    stderr += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

/** Of so many epochs. */
const ends = epochEvents(2).filter((event) => event.type === "epoch:end");

function setUp() {
  const told = new Subject<ShownEvent>();
  let subscriptions = 0;
  let isLeft = false;
  const events = new Observable<ShownEvent>((subscriber) => {
    subscriptions++;
    const subscription = told.subscribe(subscriber);
    return () => {
      isLeft = true;
      subscription.unsubscribe();
    };
  });
  return { told, events, state: () => ({ subscriptions, isLeft }) };
}

it("a dashboard that breaks: the run is not left, and goes on in lines from where it was", async () => {
  const { told, events, state } = setUp();
  const done = reportOn("dashboard", events, OPTIONS, load);
  await vi.waitFor(() => expect(state().subscriptions).toBe(1));
  told.next(at(0, runStart()));
  told.next(ends[0] as ShownEvent);
  breakDashboard(new Error("no such panel"));
  await vi.waitFor(() => expect(stdout).not.toBe(""));
  expect(stderr).toBe("trainscope: the dashboard broke: no such panel. The run goes on, in lines.\n");
  expect(state()).toEqual({ subscriptions: 1, isLeft: false });
  told.next(ends[1] as ShownEvent);
  told.complete();
  await done;
  expect(stdout).toMatch(/epoch +2\//);
  expect(stdout).not.toMatch(/epoch +1\//);
});

it("events that fail are no fault of the dashboard's, and end it", async () => {
  const { told, events, state } = setUp();
  const done = reportOn("dashboard", events, OPTIONS, load);
  await vi.waitFor(() => expect(state().subscriptions).toBe(1));
  told.error(new Error("no engine"));
  await expect(done).rejects.toThrow("no engine");
  expect(stderr).toBe("");
});
