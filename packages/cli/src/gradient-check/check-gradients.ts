// The analytic gradient against centred differences, as a table or JSON.
import { availableParallelism } from "node:os";
import { componentStatistics, inputCount } from "@trainscope/core";
import {
  GRADIENT_CHECK_EPSILON,
  GRADIENT_CHECK_STEP,
  GRADIENT_CHECK_TOLERANCE,
  type GradientCheckRow,
  gradientCheckCases,
} from "@trainscope/core/gradient-check";
import type { LossName } from "@trainscope/core/settings";
import { print, printJson, tell } from "@trainscope/tui/output";
import { formatCount } from "@trainscope/tui/text";
import { ExitStatus } from "../exit-status.ts";
import { type DataFlags, partOf } from "../flags/data-flags.ts";
import { chooseDataset } from "../input/dataset.ts";
import { gradientCheckOnThreads } from "./on-threads.ts";

export interface GradcheckFlags extends DataFlags {
  readonly loss: LossName;
  readonly seed: number;
  readonly json?: boolean;
  readonly fault?: number;
}

export async function runGradcheck(flags: GradcheckFlags): Promise<ExitStatus> {
  const { data, loss, seed, json, fault } = flags;
  const { dataset, notice } = await chooseDataset(data, partOf(flags));
  if (notice !== undefined) tell(notice);
  if (json !== true) print(...headOf(dataset.name, loss));
  const inputs = inputCount(dataset.shape);
  const statistics = componentStatistics(dataset.train, inputs);
  const options = { dataset, statistics, loss, seed, ...(fault === undefined ? {} : { fault }) };
  const check = gradientCheckOnThreads(availableParallelism());
  const rows = await check(options, gradientCheckCases(inputs), (checked) => {
    if (json !== true) print(...checked.map(lineOf));
  });
  const passed = rows.every((row) => row.passed);
  if (json === true) {
    const method = {
      h: GRADIENT_CHECK_STEP,
      tolerance: GRADIENT_CHECK_TOLERANCE,
      epsilon: GRADIENT_CHECK_EPSILON,
    };
    printJson({ data: dataset.name, loss, seed, method, rows, passed });
  } else {
    const verdict = passed ? "Passed: every" : "Failed: not every";
    print("", `${verdict} entry agrees to ${GRADIENT_CHECK_TOLERANCE}.`);
  }
  return passed ? ExitStatus.done : ExitStatus.failed;
}

const COLUMNS = [
  "inputs",
  "images",
  "lambda",
  "parameters",
  "largest difference",
  "largest relative error",
  "",
];

function headOf(dataName: string, loss: LossName): readonly string[] {
  return [
    `Analytic gradient against centred differences (J(x + h) - J(x - h)) / 2h, h = ${GRADIENT_CHECK_STEP}`,
    `${loss} loss, on ${dataName}; a difference of ${GRADIENT_CHECK_TOLERANCE} or more fails`,
    "",
    COLUMNS.map((name, index) => name.padStart(widthOf(index))).join("  "),
  ];
}

function lineOf(row: GradientCheckRow): string {
  const cells = [
    formatCount(row.inputs),
    String(row.images),
    String(row.lambda),
    formatCount(row.parameters),
    row.maxAbsoluteDifference.toExponential(2),
    row.maxRelativeError.toExponential(2),
    row.passed ? "ok" : "FAILED",
  ];
  return cells.map((cell, index) => cell.padStart(widthOf(index))).join("  ");
}

function widthOf(column: number): number {
  return Math.max(6, COLUMNS[column]?.length ?? 0);
}
