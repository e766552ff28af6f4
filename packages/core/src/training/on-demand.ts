// What only some runs need, in one part: bundlers make a file of it, which a page loads when its run wants something of it.
export { RunningExporter } from "../plugins/exporters.ts";
export { collectPlugins } from "../plugins/plugin.ts";
export { checkContinued, checkFork, checkShape, requirePrecision, scriptFrom } from "./continued.ts";
export { rebuildHistory } from "./run-history.ts";
