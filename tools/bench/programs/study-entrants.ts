// Who takes part in part (h): the command as a user starts it, and the same study in NumPy and matplotlib.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { WholeEntrant } from "../measure-whole.ts";
import type { Missing } from "../protocol/messages.ts";
import type { StudyOutcome, StudyPhases, WrittenReport } from "../work/study-outcome.ts";
import { inspectReport } from "../work/written-report.ts";
import { trainscopeCommand } from "./built-command.ts";
import { engineOf } from "./engines.ts";

export type StudyEntrant = WholeEntrant<StudyOutcome & WrittenReport>;

export interface StudyEntrantOptions {
  /** The job's folder; reports are written into it. */
  readonly folder: string;
  /** Holds CIFAR-10's binary files. */
  readonly directory: string;
  readonly engine: string;
  readonly threads: number;
  readonly isQuick: boolean;
  readonly python: string;
  readonly peers?: readonly string[];
}

const SCRIPT = join(import.meta.dirname, "../peers/python/study.py");

/** Ours first: the others' times are compared with it. */
export function studyEntrants(options: StudyEntrantOptions): StudyEntrant[] {
  const { folder, directory, engine, threads, isQuick, python, peers } = options;
  const report = ["report", "--part", "basic", "--no-pdf", "--reporter", "lines", "--data", directory];
  const how = ["--engine", engine, ...(engineOf(engine).isThreaded ? ["--threads", `${threads}`] : [])];
  const quick = isQuick ? ["--quick"] : [];
  const outOf = (name: string, round: number): string => join(folder, `${name.replaceAll(" ", "-")}-${round}`);

  const script = (name: string, peer: string): StudyEntrant => ({
    name,
    isOurs: false,
    command: (round) => ({
      command: python,
      args: ["-B", SCRIPT, folder, `${threads}`, peer, outOf(name, round)],
    }),
    read: (stdout, round) => take(outOf(name, round), () => peerOutcome(stdout)),
  });
  const name = `trainscope ${engine}`;
  return [
    {
      name,
      isOurs: true,
      command: (round) => trainscopeCommand(...report, ...how, ...quick, "--out", outOf(name, round)),
      read: (stdout, round) => take(outOf(name, round), (out) => ourOutcome(stdout, out)),
    },
    ...[script("numpy float64", "numpy64"), script("numpy float32", "numpy32")].filter(
      (peer) => peers?.some((start) => peer.name.startsWith(start)) ?? true,
    ),
  ];
}

/** Looks at the report and removes it: each round writes a new one. */
async function take(
  out: string,
  read: (out: string) => StudyOutcome | Missing | Promise<StudyOutcome | Missing>,
): Promise<(StudyOutcome & WrittenReport) | Missing> {
  const outcome = await read(out);
  if ("missing" in outcome) return outcome;
  const written = inspectReport(out);
  await rm(out, { recursive: true, force: true });
  return { ...outcome, ...written };
}

/** The peer's only line. */
export function peerOutcome(stdout: string): StudyOutcome | Missing {
  return JSON.parse(stdout) as StudyOutcome | Missing;
}

/** As far as it is read here: `StudyResults` of @trainscope/core without its typed arrays. */
interface OurResults {
  readonly settings: readonly {
    readonly epochs: readonly number[];
    readonly figures: Readonly<Record<string, { readonly values: readonly (number | null)[] }>>;
  }[];
  readonly gradientCheck: StudyOutcome["gradientCheck"];
}

async function ourOutcome(stdout: string, out: string): Promise<StudyOutcome> {
  const { settings, gradientCheck } = JSON.parse(
    await readFile(join(out, "numbers/results.json"), "utf8"),
  ) as OurResults;
  return {
    runs: settings.map(({ epochs, figures }) => {
      const figure = (tag: string): number => figures[tag]?.values[0] ?? Number.NaN;
      return {
        epochs: epochs.length,
        loss: figure("train/loss"),
        validationLoss: figure("validation/loss"),
        testAccuracy: figure("test/accuracy"),
      };
    }),
    gradientCheck,
    phases: phasesOf(stdout),
    versions: {},
  };
}

/** From the lines that end a stage, e.g. `31 % | Four settings: best is ... | 9.12 s | 3 s left`. */
export function phasesOf(stdout: string): StudyPhases | null {
  const seconds = (stage: string): number => {
    const lines = stdout.split("\n").map((line) => line.split(" | "));
    const parts = lines.findLast(([, what = "", took]) => what.startsWith(`${stage}: `) && took !== undefined);
    return Number(/^([\d.]+) s$/.exec(parts?.[2] ?? "")?.[1] ?? Number.NaN);
  };
  const phases = {
    gradientCheck: seconds("Gradient check"),
    training: seconds("Four settings") + seconds("Test"),
    writing: seconds("Figures and documents"),
  };
  return Object.values(phases).every(Number.isFinite) ? phases : null;
}
