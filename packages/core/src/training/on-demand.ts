// What only some runs need, in one part: bundlers make a file of it, which a page loads when its run wants something of it.
// Several parts would be more to load at once: what each shares with the others would be a file of its own.
export { checkScript } from "../control/check-script.ts";
export { createFeatureStatistics } from "../data/feature-statistics.ts";
export { createBatchLender } from "../metrics/lent-batch.ts";
export { createAppender } from "../plugins/appender.ts";
export { RunningExporter } from "../plugins/exporters.ts";
export { collectPlugins } from "../plugins/plugin.ts";
export { checkContinued, checkFork, checkShape, requirePrecision, scriptFrom } from "./continued.ts";
export { otherMeans } from "./environment-changes.ts";
export { collectEvaluationDetails } from "./evaluation-details.ts";
export { completeFeatureData } from "./feature-data.ts";
export { restoreState } from "./restored-state.ts";
export { rebuildHistory } from "./run-history.ts";
export { createValueWatch } from "./value-watch.ts";
