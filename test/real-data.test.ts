// The study on the real CIFAR-10, through the command: four settings, 40 epochs each, as DD2424 Assignment 1 has them.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cifar10 } from "./support/cifar10.ts";
import { endOf, eventsOf, type Finished, temporaryFolder, trainscope } from "./support/command.ts";

const EPOCHS = 40;

/**
 * Published test accuracies in per cent, by several independent implementations of the assignment. With the first
 * setting's learning rate a run ends anywhere within some points, so the mean over more seeds is compared.
 */
const PUBLISHED = [
  { lambda: 0, eta: 0.1, least: 26.9, most: 29.5, seeds: [0, 1, 2, 3, 4, 5, 6] },
  { lambda: 0, eta: 0.001, least: 38.4, most: 39.1, seeds: [0, 1] },
  { lambda: 0.1, eta: 0.001, least: 38.8, most: 39.5, seeds: [0, 1] },
  { lambda: 1, eta: 0.001, least: 36.7, most: 37.6, seeds: [0, 1] },
];

interface Setting {
  readonly lambda: number;
  readonly eta: number;
}

async function runSetting({ lambda, eta }: Setting, seed: number): Promise<Finished> {
  const out = mkdtempSync(join(tmpdir(), "trainscope-real-"));
  try {
    return await trainscope([
      "train",
      "--data",
      cifar10 ?? "",
      "--no-pictures",
      "--reporter",
      "json",
      "--out",
      out,
      "--lambda",
      String(lambda),
      "--eta",
      String(eta),
      "--epochs",
      String(EPOCHS),
      "--seed",
      String(seed),
      // Several of them side by side, so one thread each is quickest. The bits are the same.
      "--threads",
      "1",
    ]);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** What does not depend on when and where it ran, at full precision. */
function figuresOf(stdout: string): unknown[] {
  return eventsOf(stdout).flatMap((event) =>
    event.type === "epoch:end" || event.type === "run:end" ? [event.metrics] : [],
  );
}

describe.skipIf(cifar10 === undefined)("real CIFAR-10", () => {
  describe.concurrent("four settings", () => {
    it.each(PUBLISHED)(
      "lambda $lambda, eta $eta: mean test accuracy within $least to $most %",
      async ({ seeds, least, most, ...setting }) => {
        let sum = 0;
        for (const seed of seeds) {
          const { status, stdout, stderr } = await runSetting(setting, seed);
          expect([status, stderr]).toEqual([0, ""]);
          expect(figuresOf(stdout)).toHaveLength(EPOCHS + 1);
          sum += 100 * (endOf(stdout).metrics["test/accuracy"] ?? 0);
        }
        expect(sum / seeds.length).toBeGreaterThanOrEqual(least);
        expect(sum / seeds.length).toBeLessThanOrEqual(most);
      },
    );
  });

  it("same seed, same bits, twice and on any number of threads", async () => {
    const images = ["--data", cifar10 ?? "", "--flip", "0.5", "--noise", "8"];
    const args = ["train", ...images, "--epochs", "4", "--no-pictures", "--reporter", "json"];
    const settings = ["--seed 1 --threads 1", "--seed 1 --threads 3", "--seed 1", "--seed 2"];
    const runs = await Promise.all(
      settings.map((words) => trainscope([...args, ...words.split(" ")], { cwd: temporaryFolder() })),
    );
    const [one, three, again, other] = runs.map(({ stdout }) => figuresOf(stdout));
    expect(one).toHaveLength(5);
    expect(three).toEqual(one);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it("gradcheck: every difference below 1e-7 in every case", async () => {
    const { status, stdout } = await trainscope(["gradcheck", "--data", cifar10 ?? "", "--json"]);
    const { rows, passed, data } = JSON.parse(stdout) as {
      rows: { inputs: number; images: number; lambda: number; maxAbsoluteDifference: number }[];
      passed: boolean;
      data: string;
    };
    expect({ status, passed, data }).toEqual({ status: 0, passed: true, data: "CIFAR-10 (data_batch_1)" });
    expect(rows.map(({ inputs, images, lambda }) => [inputs, images, lambda])).toEqual(
      [20, 3072].flatMap((inputs) =>
        [1, 20].flatMap((images) => [0, 0.1, 1].map((lambda) => [inputs, images, lambda])),
      ),
    );
    for (const { maxAbsoluteDifference } of rows) expect(maxAbsoluteDifference).toBeLessThan(1e-7);
  });

  it("all training images, with the settings that the search chooses: 41.4 % and more", async () => {
    const settings = "--lambda 0.01 --eta 0.01 --batch 50 --flip 0.5 --schedule cosine".split(" ");
    const { stdout } = await trainscope(
      [
        "train",
        "--data",
        cifar10 ?? "",
        "--train-on",
        "all",
        ...settings,
        "--no-pictures",
        "--reporter",
        "json",
      ],
      { cwd: temporaryFolder() },
    );
    expect(eventsOf(stdout)[0]).toMatchObject({
      data: { name: "CIFAR-10 (all training data)", train: 49_000, validation: 1000, test: 10_000 },
    });
    expect(endOf(stdout).metrics["test/accuracy"]).toBeGreaterThanOrEqual(0.414);
  });

  it("CIFAR10_DIR is found without --data, and data info counts its classes", async () => {
    const environment = { CIFAR10_DIR: cifar10 };
    const { status, stdout } = await trainscope(["data", "info"], { cwd: temporaryFolder(), environment });
    expect(status).toBe(0);
    expect(stdout).toContain("data: CIFAR-10 (data_batch_1)");
    // The official counts of airplanes: data_batch_1, data_batch_2, test_batch.
    expect(stdout).toMatch(/^airplane +1,005 +984 +1,000$/m);
  });
});
