// The gradient check: method, table, verdict.

import { gradientCheckSpecification } from "../../charts/gradient-check.ts";
import type { GradientCheckResult } from "../../stages/results.ts";
import { code, left, list, paragraph, right, type Section, type Table } from "../document.ts";
import { count, counted, tiny } from "../words/numbers.ts";
import { chartOf } from "./chart.ts";

export function gradientCheckSection(result: GradientCheckResult): Section {
  const { step, tolerance, epsilon, rows, seed, loss } = result;
  return {
    id: "gradient-check",
    title: "Gradient check",
    blocks: [
      paragraph(
        "Training follows the gradient that is written out in the program. Here it is compared with slopes that are " +
          "measured on the cost itself, which knows nothing of that code: each entry of W and b is moved a little up " +
          "and a little down, and the change of the cost is divided by the distance (centred differences).",
      ),
      code(`∂J/∂θ ≈ (J(θ + h) − J(θ − h)) / (2h),   h = ${tiny(step)}`),
      list([
        `J is the cost with the ${loss === "softmax" ? "softmax cross-entropy" : loss} loss: the mean loss plus λΣW². b is not regularised.`,
        `Every single entry is compared, in 64-bit numbers, for parameters drawn from seed ${seed}.`,
        `The largest absolute difference |a − n| must be below ${tiny(tolerance)}. The relative error is ` +
          `|a − n| / max(ε, |a| + |n|) with ε = ${tiny(epsilon)}; a is the analytic and n the numerical slope.`,
      ]),
      paragraph([{ strong: verdict(result) }]),
      tableOf(result),
      chartOf({
        name: "gradient-check",
        title: "Gradient check: largest absolute difference",
        caption: `Each point is a row of the table. The line is the limit of ${tiny(tolerance)}: ${passedOf(rows)} are below it.`,
        narrowSize: { width: 178, height: 200 },
        build: (options) => gradientCheckSpecification(result, options),
      }),
    ],
  };
}

const passedOf = (rows: GradientCheckResult["rows"]): string => {
  const passed = rows.filter((row) => row.passed).length;
  return passed === rows.length ? "all" : `${passed} of ${rows.length}`;
};

/** A sentence with the largest difference there is. */
export function verdict({ rows, tolerance, passed }: GradientCheckResult): string {
  const largest = Math.max(...rows.map((row) => row.maxAbsoluteDifference));
  const entries = Math.max(...rows.map((row) => row.parameters));
  const reached = `the largest difference in ${counted(rows.length, "case")} of up to ${count(entries)} entries is ${tiny(largest)}`;
  return passed
    ? `The gradient passes: ${reached}, below ${tiny(tolerance)}.`
    : `The gradient fails: ${reached}; it should be below ${tiny(tolerance)} in every case.`;
}

function tableOf({ rows }: GradientCheckResult): Table {
  return {
    kind: "table",
    title: "Gradient check: the largest differences of each case",
    columns: [
      right("Inputs"),
      right("Images"),
      right("λ"),
      right("Entries checked"),
      right("Largest absolute difference"),
      right("Largest relative error"),
      left("Verdict"),
    ],
    rows: rows.map((row) => [
      { text: count(row.inputs), value: row.inputs },
      { text: count(row.images), value: row.images },
      { text: String(row.lambda), value: row.lambda },
      { text: count(row.parameters), value: row.parameters },
      { text: tiny(row.maxAbsoluteDifference), value: row.maxAbsoluteDifference },
      { text: tiny(row.maxRelativeError), value: row.maxRelativeError },
      { text: row.passed ? "passes" : "fails" },
    ]),
  };
}
