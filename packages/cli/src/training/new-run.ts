// `trainscope train`: a run from the beginning.

import { checkTrainOptions, type TrainOptions } from "@trainscope/core";
import { resolveSettings } from "@trainscope/core/settings";
import { createRunRecord } from "@trainscope/runs/record";
import { chooseCheckpoints } from "../flags/checkpoint-policy.ts";
import { partOf } from "../flags/data-flags.ts";
import { settingsOf, type TrainFlags } from "../flags/train-flags.ts";
import { CONFIGURED } from "../input/configured-data.ts";
import { checkControls, loadControls } from "../input/controls-file.ts";
import { chooseDataset } from "../input/dataset.ts";
import { chooseEngine } from "../input/engine.ts";
import { findConfig } from "../input/find-config.ts";
import { VERSION } from "../version.ts";
import { loadModules, recordModules } from "./modules.ts";
import { openNewRun } from "./open-run.ts";
import type { PreparedRun } from "./prepared-run.ts";

/** Throws what `TrainscopeError` there is for what is wrong with the input. */
export async function prepareNewRun(flags: TrainFlags): Promise<PreparedRun> {
  const { out, threads } = flags;
  const checkpoints = chooseCheckpoints(flags);
  // Finds out what is wrong before anything is read.
  const engine = chooseEngine(flags);
  const found = flags.config === undefined ? findConfig() : { path: flags.config, notices: [] };
  const loaded = await loadModules({
    config: found.path,
    plugins: flags.plugin,
    metrics: flags.metrics,
    pictures: flags.pictures,
  });
  const { metrics, exporters, config, modules } = loaded;
  const settings = resolveSettings({ ...config.settings, ...settingsOf(flags) });
  const part = partOf(flags, config);
  const chosen = flags.data ?? config.data;
  const { dataset, notice, ...images } = await chooseDataset(chosen, part);
  const plain = { dataset, settings, metrics, exporters, limits: config.limits ?? {} };
  await checkTrainOptions(plain);
  const options = { ...plain, script: await chooseScript(flags.controls, plain) };
  return {
    options,
    engine: engine.create,
    checkpoints,
    past: [],
    overlay: undefined,
    notices: [...found.notices, ...(notice === undefined ? [] : [notice]), ...(await recordModules(loaded))],
    async open(handlers) {
      const source = images.found?.path ?? (typeof chosen === "function" ? CONFIGURED : "sample");
      const about = {
        ...options,
        engine: engine.name,
        threads,
        modules,
        source,
        part,
        checkpoints,
        version: VERSION,
      };
      const describe = (runId: string) => createRunRecord({ ...about, runId });
      return await openNewRun({ ...handlers, out, describe, parent: undefined, checkpoints });
    },
  };
}

/** The controls to repeat, as a run of these options can; none where no file is named. */
async function chooseScript(path: string | undefined, options: TrainOptions) {
  if (path === undefined) return [];
  const script = await loadControls(path);
  await checkControls(path, () => checkTrainOptions({ ...options, script }));
  return script;
}
