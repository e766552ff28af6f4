import { Observable, Subject } from "rxjs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { DashboardOptions } from "../dashboard/dashboard.tsx";
import type { ShownEvent } from "../dashboard/source.ts";
import { at, epochEvents, runStart } from "../dashboard/testing/events.ts";
import { reportOn } from "./report-on.ts";

/** As the real one: it subscribes at once, and lets go when it breaks. */
const broken = vi.hoisted(() => ({ break: (_: Error): void => {} }));
vi.mock("../dashboard/dashboard.tsx", () => ({
  showDashboard({ events }: DashboardOptions) {
    const done = Promise.withResolvers<void>();
    const subscription = events.subscribe({ complete: done.resolve, error: done.reject });
    broken.break = (error) => {
      subscription.unsubscribe();
      done.reject(error);
    };
    return { done: done.promise };
  },
}));

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
  const done = reportOn("dashboard", events, OPTIONS);
  await vi.waitFor(() => expect(state().subscriptions).toBe(1));
  told.next(at(0, runStart()));
  told.next(ends[0] as ShownEvent);
  broken.break(new Error("no such panel"));
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
  const done = reportOn("dashboard", events, OPTIONS);
  await vi.waitFor(() => expect(state().subscriptions).toBe(1));
  told.error(new Error("no engine"));
  await expect(done).rejects.toThrow("no engine");
  expect(stderr).toBe("");
});
