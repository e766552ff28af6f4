import { addToDashboard, initialState } from "@trainscope/tui/testing";
import { expect, it } from "vitest";
import { WatchedProgram } from "./program.ts";

/** Runs a program of Node's to its end; `onLog` hears of each line of its log. */
async function run(code: string, onLog: (text: string, program: WatchedProgram) => void = () => {}) {
  const program = new WatchedProgram([process.execPath, "-e", code]);
  let state = initialState();
  await new Promise<void>((resolve, reject) => {
    program.events.subscribe({
      next(event) {
        state = addToDashboard(state, event);
        if (event.type === "alert") onLog(event.message, program);
      },
      complete: resolve,
      error: reject,
    });
  });
  const series = [...state.history.series].map(([tag, { x, values }]) => [tag, x, values]);
  return { program, state, series, log: state.log.map(({ text }) => text) };
}

it("has its output read, its errors in the log, and its exit status told", async () => {
  const { program, series, state, log } = await run(`
    console.log("Loading");
    for (let epoch = 1; epoch <= 2; epoch++) console.log("Epoch " + epoch + "/2 loss " + 1 / epoch);
    console.error("a warning");
    process.stdout.write(process.env.PYTHONUNBUFFERED + " is set");
  `);
  expect(program.status).toBe(0);
  expect(series).toEqual([["train/loss", [1, 2], [1, 0.5]]]);
  expect(state).toMatchObject({ phase: "ended", reason: "completed" });
  expect(log).toEqual(expect.arrayContaining(["Loading", "a warning", "1 is set"]));
});

it("that fails is a run that failed", async () => {
  const { program, state, log } = await run(`
    console.log("Epoch 1/2 loss 1\\nEpoch 2/2 loss 0.5");
    process.exitCode = 3;
  `);
  expect(program.status).toBe(3);
  expect(state).toMatchObject({ phase: "ended", reason: "failed" });
  expect(log.join("\n")).toContain("ended with status 3");
});

it("that logs to stderr has its figures from there, until stdout tells any", async () => {
  const logged = 'for (const epoch of [1, 2]) console.error("epoch " + epoch + " loss " + epoch);';
  expect((await run(logged)).series).toEqual([["train/loss", [1, 2], [1, 2]]]);
  const both = `${logged} setTimeout(() => console.log("epoch 1 loss 7\\nepoch 2 loss 6"), 300);`;
  const { series, log } = await run(both);
  expect(series).toEqual([["train/loss", [1, 2], [7, 6]]]);
  expect(log).toContain("its figures are taken from stdout");
});

it("is interrupted as by Ctrl-C, and more firmly where it doesn't listen", async () => {
  const polite = await run(
    `process.on("SIGINT", () => { console.log("saving"); process.exit(5); });
     setInterval(() => {}, 1000);
     console.log("ready");`,
    (text, program) => void (text === "ready" && program.interrupt()),
  );
  expect([polite.program.status, polite.log]).toEqual([5, expect.arrayContaining(["saving"])]);
  const deaf = await run(
    `for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => console.log("no " + signal));
     setInterval(() => {}, 1000);
     console.log("ready");`,
    (text, program) => void (/^(?:ready|no )/.test(text) && program.interrupt()),
  );
  expect(deaf.program.status).toBe(128 + 9);
});

it.each([
  ["no-such-program", "there is no such program"],
  [`${import.meta.filename}/x`, expect.stringContaining("ENOTDIR")],
])("that isn't there fails with one clear error: %s", async (file, reason) => {
  const program = new WatchedProgram([file]);
  const error = await new Promise((resolve) => void program.events.subscribe({ error: resolve }));
  expect(error).toMatchObject({
    code: "BAD_OPTION",
    hint: expect.stringContaining("watch -- python train.py"),
  });
  expect((error as Error).message.replace(`can't run ${file}: `, "")).toEqual(reason);
});
