// `trainscope attach` beside a run that another process trains: from its log, over its socket, in a terminal.
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { endOf, eventsOf, type Finished, temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";

interface Training {
  /** Its folder is in `runs` there. */
  readonly cwd: string;
  /** Once it has told its first event. */
  readonly runId: string;
  kill(signal: NodeJS.Signals): void;
  readonly finished: Promise<Finished>;
}

/** A run in a process of its own. */
function startTraining(...flags: readonly string[]): Promise<Training> {
  const cwd = temporaryFolder();
  return new Promise((resolve, reject) => {
    const finished = trainscope(
      ["train", "--data", smallData, "--no-pictures", "--reporter", "json", ...flags],
      {
        cwd,
        onOutput(stdout, kill) {
          const end = stdout.indexOf("\n");
          if (end < 0) return;
          const { runId } = JSON.parse(stdout.slice(0, end)) as { runId: string };
          resolve({ cwd, runId, kill, finished });
        },
      },
    );
    finished.then(({ stderr }) => reject(new Error(`it never began: ${stderr}`)), reject);
  });
}

const endless = ["--epochs", "100000"];

describe("trainscope attach", () => {
  it("tells in a pipe what the process itself tells, from the first event to the last", async () => {
    const { cwd, finished } = await startTraining("--epochs", "300");
    const attached = await trainscope(["attach", "latest", "--reporter", "json"], { cwd });
    const trained = await finished;
    expect(attached).toMatchObject({ status: 0, stderr: "" });
    expect(eventsOf(attached.stdout)).toEqual(eventsOf(trained.stdout));
  });

  it("controls the run with --control, as the only one, and leaves nothing of its socket", async () => {
    const { cwd, runId, finished } = await startTraining(...endless);
    const socket = join(cwd, "runs", runId, "control.sock");
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    let second: Promise<Finished> | undefined;
    const first = await trainscope(["attach", runId, "--control", "--reporter", "sentences"], {
      cwd,
      dialogue: [
        ["Training on", "pause\n"],
        ["Paused", "rate 0.002\n"],
        ["Learning rate from 0.001 to 0.002", "resume\n"],
      ],
      onOutput(stdout, kill) {
        if (!stdout.includes("Going on") || second !== undefined) return;
        second = trainscope(["attach", runId, "--control"], { cwd });
        void second.then(() => kill("SIGINT"));
      },
    });
    expect(await second).toMatchObject({ status: 2, stdout: "" });
    expect((await second)?.stderr).toContain(
      `can't control ${join("runs", runId)}: another terminal has control`,
    );
    expect(first.status).toBe(130);
    expect(first.stderr).toContain("goes on: trainscope attach");
    const third = await trainscope(["attach", runId, "--control", "--reporter", "sentences"], {
      cwd,
      dialogue: [["Training on", "stop\n"]],
    });
    expect(third).toMatchObject({ status: 0, stderr: "" });
    const { status, stdout, stderr } = await finished;
    expect(status).toBe(0);
    expect(stderr).toContain("trainscope: another terminal controls this run, too\n");
    expect(endOf(stdout).reason).toBe("stopped");
    const actions = eventsOf(stdout).flatMap((event) => (event.type === "control" ? [event.action] : []));
    expect(actions).toEqual(["pause", "learningRate", "resume", "stop"]);
    expect(() => statSync(socket)).toThrow("ENOENT");
  });

  it("tells that the process died, and when it gave its last sign", async () => {
    const { cwd, runId, kill, finished } = await startTraining(...endless);
    const attached = await trainscope(["attach", runId, "--reporter", "lines"], {
      cwd,
      onOutput: (stdout) => void (stdout.includes("epoch") && kill("SIGKILL")),
    });
    await finished;
    expect(attached.status).toBe(1);
    expect(attached.stderr).toMatch(
      /^trainscope: .+ broke off when its process died; its last sign was at \d{4}-/,
    );
    const control = await trainscope(["attach", runId, "--control"], { cwd });
    expect(control.status).toBe(2);
    expect(control.stderr).toContain("its process died; the last sign was at");
  });

  it.skipIf(!hasTmux)("shows the run in the dashboard, which comes and goes and sees it die", async () => {
    const { cwd, runId, kill, finished } = await startTraining(...endless);
    const folder = join(cwd, "runs", runId);
    const watching = openTerminal(["attach", folder]);
    await watching.until(/attached . training/);
    watching.type("q");
    await watching.until(/exit status 0/);
    expect(watching.isNormal()).toBe(true);
    const controlling = openTerminal(["attach", folder, "--control"]);
    await controlling.until(/in control . training/);
    controlling.type("Space");
    await controlling.until(/in control . paused/);
    kill("SIGKILL");
    await finished;
    await controlling.until(/died, last sign \d{4}-/);
    controlling.type("C-c");
    await controlling.until(/exit status 0/);
    expect(controlling.isNormal()).toBe(true);
  });
});
