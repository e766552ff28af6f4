import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { cifar10 } from "./support/cifar10.ts";
import { temporaryFolder, trainscope } from "./support/command.ts";

const program = (name: string): string => join(import.meta.dirname, "programs", name);

describe("memory", () => {
  it("a thousand epochs leave it flat", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--expose-gc",
      program("thousand-epochs.ts"),
    ]);
    const [middle, end] = JSON.parse(stdout) as [[number, number], [number, number]];
    // 800 epochs later: code that has been compiled since, but not a kilobyte an epoch.
    expect(end[0] - middle[0]).toBeLessThan(500_000);
    // With the threads and the memory that they share; what garbage collection keeps for later comes and goes.
    expect(end[1] - middle[1]).toBeLessThan(30_000_000);
  });

  it.skipIf(cifar10 === undefined)("all 60,000 pictures of CIFAR-10 are trained on within 450 MB", async () => {
    const { status, stderr } = await trainscope(
      [
        ...[
          "train",
          "--data",
          cifar10 ?? "",
          "--train-on",
          "all",
          "--epochs",
          "3",
          "--no-pictures",
          "--reporter",
          "json",
        ],
        // Each thread adds some megabytes of its own.
        ...["--threads", "2"],
      ],
      { cwd: temporaryFolder(), environment: { NODE_OPTIONS: `--import=${program("report-memory.ts")}` } },
    );
    expect(status).toBe(0);
    const megabytes = Number(stderr);
    expect(megabytes).toBeGreaterThan(184);
    expect(megabytes).toBeLessThan(450);
  });
});
