import type { Metric } from "@trainscope/core";
import { type PredictedRows, predictedRows } from "./accumulators/predicted-rows.ts";
import { type BinOptions, calibrationBins, checkBins } from "./calibration-error.ts";
import { checkNames, HELD_OUT } from "./options.ts";

/**
 * The reliability diagram: the accuracy of the rows in each bin, by their mean confidence; on the diagonal where the two
 * are the same. Bins without rows are left out. Validation and test tell it where `splits` is left out.
 *
 * Source: DeGroot and Fienberg, The comparison and evaluation of forecasters, 1983; scikit-learn's `calibration_curve`.
 */
export function reliability(options: BinOptions = {}): Metric<PredictedRows, "curves"> {
  checkNames("reliability", options, ["bins", "binning"]);
  const { bins = 15, binning = "width", name = "reliability", splits = HELD_OUT } = options;
  checkBins("reliability", bins, binning);
  return {
    name,
    splits,
    kind: "curves",
    display: { axes: ["Confidence", "Accuracy"], diagonal: true },
    description: "Accuracy by confidence, in bins: the reliability diagram.",
    ...predictedRows,
    result(state) {
      if (state.rows === 0) return null;
      const filled = calibrationBins(state, bins, binning);
      const [x, y] = [filled.map(({ confidence }) => confidence), filled.map(({ accuracy }) => accuracy)];
      return [{ name: "answers", x, y }];
    },
  };
}
