import type { Observable } from "rxjs";
import { lastValueFrom, toArray } from "rxjs";
import { expect, it, onTestFinished, vi } from "vitest";
import { ExitStatus } from "../exit-status.ts";
import type { StopHandlers } from "../interrupts.ts";
import { runShown } from "./run-shown.ts";

type Emit = (text: string) => void;

/** The texts that were shown, and the handlers of the screen. */
function screen() {
  const shown: string[][] = [];
  let handlers: StopHandlers | undefined;
  return {
    shown,
    get handlers() {
      return handlers ?? expect.unreachable();
    },
    async show(events: Observable<string>, given: StopHandlers) {
      handlers = given;
      shown.push(await lastValueFrom(events.pipe(toArray())));
    },
  };
}

function outcome(work: (emit: Emit, signal: AbortSignal) => Promise<number>, on = screen()) {
  const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => stderr.mockRestore());
  const result = runShown<string, Emit, number>({
    show: on.show,
    work,
    announce: (deliver) => deliver,
    stopped: "stopped. It is kept",
    emitEnd: (emit, reason) => emit(reason),
  });
  return { on, stderr, result };
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

it("gives what it came to, with all its events shown, and lets go of the signals", async () => {
  const before = process.listenerCount("SIGINT");
  const { on, result } = outcome(async (emit) => {
    emit("one");
    return 7;
  });
  expect(await result).toEqual({ result: 7 });
  expect(on.shown).toEqual([["one"]]);
  expect(process.listenerCount("SIGINT")).toBe(before);
});

it("ends as one that was stopped where the screen asks for it, and says what is kept", async () => {
  const { on, stderr, result } = outcome(async (_, signal) => await untilAborted(signal));
  on.handlers.onStop();
  expect(await result).toEqual({ status: ExitStatus.interrupted });
  expect(on.shown).toEqual([["stopped"]]);
  expect(stderr.mock.calls.join("")).toContain("stopped. It is kept");
});

it("closes the screen at once where the user leaves, before what is conducted has come to rest", async () => {
  const rest = Promise.withResolvers<never>();
  const { on, result } = outcome(async () => await rest.promise);
  on.handlers.onQuit();
  await vi.waitFor(() => expect(on.shown).toEqual([[]]));
  rest.reject(new Error("aborted"));
  expect(await result).toEqual({ status: ExitStatus.interrupted });
});

it("rejects with what went wrong, told as its last event", async () => {
  const { on, result } = outcome(async () => {
    throw new Error("no disk");
  });
  await expect(result).rejects.toThrow("no disk");
  expect(on.shown).toEqual([["failed"]]);
});
