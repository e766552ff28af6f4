// A sweep: searches settings, chooses by validation, and reads the test split once, for the winner.
import type { TrainscopeConfig } from "@trainscope/core";
import type { EngineName } from "@trainscope/runs/choices";
import type { Dimension, SearchSpace } from "@trainscope/sweep";
import { chooseReporter, type Reporter } from "@trainscope/tui/choose-reporter";
import { print, tell } from "@trainscope/tui/output";
import { ExitStatus } from "../../exit-status.ts";
import { type DataFlags, partOf } from "../../flags/data-flags.ts";
import { chooseDataset } from "../../input/dataset.ts";
import { chooseEngines } from "../../input/engine.ts";
import { findConfig } from "../../input/find-config.ts";
import { loadConfig, type ResolvedConfig } from "../../input/load-config.ts";
import { resolveModule } from "../../input/resolve-module.ts";
import { runShown } from "../../output/run-shown.ts";
import { createFingerprints } from "../../report/fingerprint.ts";
import { PROGRAM } from "../../version.ts";
import { configuredSpace } from "./configured-space.ts";
import type { Objective, StrategyName, SweepChanges } from "./definition.ts";
import { type EventFile, openEventFile } from "./event-file.ts";
import { createSweepAnnouncer, type EmitSweepEvent, type SweepEvent } from "./events.ts";
import { editRunningSweep } from "./live-edit.ts";
import { definitionIn, openSweep, requireSameImages } from "./open-sweep.ts";
import { sweepPage } from "./page/sweep-page.ts";
import { loadSweepReporter } from "./reporters.ts";
import { cameToNothing, describeResults, resultsCsv, type SweepResults, type SweepSoFar } from "./results.ts";
import { runStoredSweep } from "./run-stored-sweep.ts";
import { findSweepFolder } from "./sweep-folder.ts";
import { prepareQueue, type SweepQueue } from "./sweep-queue.ts";
import { SWEPT_FLAGS } from "./swept-flags.ts";

export type SweptFlags = { readonly [name: string]: Dimension | undefined };

export interface SweepFlags extends DataFlags {
  readonly epochs?: number;
  readonly seed?: number;
  readonly seeds?: number;
  readonly strategy?: StrategyName;
  readonly budget?: number;
  readonly objective?: Objective;
  readonly reduction?: number;
  readonly leastEpochs?: number;
  readonly ahead?: number;
  readonly engine?: EngineName;
  readonly threads?: number;
  readonly queue?: string;
  readonly prefix: string;
  readonly config?: string;
  readonly reporter?: Reporter;
  readonly out: string;
}

/** What was given wins over the configuration, and both over what the folder has. */
function changesOf(
  flags: SweepFlags & SweptFlags,
  { settings, sweep = {} }: Pick<TrainscopeConfig, "settings" | "sweep">,
  configured: SearchSpace,
): SweepChanges {
  const { epochs, seed, strategy, budget, seeds, objective, reduction, leastEpochs, ahead } = flags;
  const { space: _, ...ofConfig } = sweep;
  const space = Object.fromEntries(
    SWEPT_FLAGS.flatMap(({ name, setting }) => {
      const dimension = flags[name];
      return dimension === undefined ? [] : [[setting, dimension]];
    }),
  );
  return {
    ...defined(ofConfig),
    ...defined({ strategy, budget, seeds, objective, reduction, leastEpochs, ahead }),
    settings: defined({ ...settings, ...defined({ epochs, seed }) }),
    space: { ...configured, ...space },
  };
}

function defined<Fields extends object>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}

/** Everything that can be wrong with the input is found here, before anything is made. */
async function prepare(flags: SweepFlags & SweptFlags) {
  const reporter = chooseReporter(flags.reporter);
  const engines = chooseEngines(flags);
  const { path, config, notices } = await configOf(flags);
  const changes = changesOf(flags, config, configuredSpace(path, config.sweep?.space));
  const folder = await findSweepFolder(flags.out);
  definitionIn(folder, changes);
  const { dataset, notice } = await chooseDataset(flags.data ?? config.data, partOf(flags, config));
  const images = { dataset, fingerprint: createFingerprints()(dataset) };
  requireSameImages(folder, images);
  const { queue: redis, prefix } = flags;
  return {
    ...(redis !== undefined && {
      openQueue: await prepareQueue({ redis, prefix, fingerprint: images.fingerprint, tell }),
    }),
    reporter,
    show: await loadSweepReporter(reporter),
    engines,
    folder,
    changes,
    images,
    notices: [...notices, ...(notice === undefined ? [] : [notice])],
  };
}

async function configOf(flags: Pick<SweepFlags, "config">) {
  const { path, notices } =
    flags.config === undefined
      ? findConfig()
      : { path: resolveModule("configuration", flags.config, process.cwd()), notices: [] };
  const config: Partial<ResolvedConfig> = path === null ? {} : (await loadConfig({ path, by: "user" })).value;
  return { path, config, notices };
}

export async function runSweep(flags: SweepFlags & SweptFlags): Promise<ExitStatus> {
  const prepared = await prepare(flags);
  const { reporter, show, engines, folder, changes, images, notices, openQueue } = prepared;
  for (const line of [...notices, engines.notice]) if (line !== undefined) tell(line);
  const edit = await editRunningSweep(flags.out, changes, images, tell);
  if (edit !== undefined) {
    const say = reporter === "json" ? tell : print;
    say(
      `the sweep that runs in ${flags.out} has taken it up: ${edit}`,
      `It keeps its own engine, threads and queue. trainscope attach ${flags.out} shows it.`,
    );
    return ExitStatus.done;
  }
  let file: EventFile | undefined;
  const announce = (deliver: (event: SweepEvent) => void): EmitSweepEvent =>
    createSweepAnnouncer((event) => {
      file?.write(event);
      deliver(event);
    });
  const work = async (emit: EmitSweepEvent, signal: AbortSignal): Promise<SweepResults> => {
    let queue: SweepQueue | undefined;
    const writePage = async (found: SweepResults | SweepSoFar): Promise<void> => {
      await folder.write("sweep.html", sweepPage(found));
    };
    try {
      const results = await folder.exclusively(async () => {
        const opened = await openSweep(flags.out, changes, images);
        file = await openEventFile(flags.out, tell);
        queue = openQueue?.();
        const found = await runStoredSweep({
          ...opened,
          ...images,
          emit,
          signal,
          ...(queue && { queue }),
          engine: engines.create(1),
          lanes: engines.threads,
          version: PROGRAM,
          tell,
          onStopped: writePage,
        });
        await opened.folder.write("results.json", `${JSON.stringify(found, null, 2)}\n`);
        await opened.folder.write("results.csv", resultsCsv(found));
        await writePage(found);
        return found;
      });
      emit({ type: "sweep:end", reason: "completed", results });
      return results;
    } finally {
      await queue?.close();
    }
  };
  const outcome = await runShown<SweepEvent, EmitSweepEvent, SweepResults>({
    show,
    work,
    announce,
    emitEnd: (emit, reason) => emit({ type: "sweep:end", reason }),
    stopped: `stopped. What was trained is kept in ${folder.path}; the same command goes on from there.`,
  }).finally(() => file?.close());
  if ("status" in outcome) return outcome.status;
  if (reporter !== "json") {
    if (reporter !== "dashboard") print("");
    print(
      ...describeResults(outcome.result),
      `Written: sweep.html, results.csv and results.json in ${folder.path}`,
    );
  }
  return cameToNothing(outcome.result) ? ExitStatus.failed : ExitStatus.done;
}
