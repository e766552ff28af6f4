// `trainscope train --resume RUN`: a run that was stopped, or died, goes on as if it had not.
import { checkTrainOptions, scriptOf, type TrainOptions } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import type { RunEndReason } from "@trainscope/core/events";
import { checkEngine, mergeScripts } from "@trainscope/core/training";
import { findRun, readFirstEvent, readRun, readRunFiles, type StoredRun } from "@trainscope/runs";
import { UNUSED } from "@trainscope/runs/checkpoints";
import { CHECKPOINTS_FOLDER } from "@trainscope/runs/files";
import type { RunRecord } from "@trainscope/runs/record";
import { settingWords } from "@trainscope/runs/record";
import { beginSession } from "@trainscope/runs/sessions";
import { chooseCheckpoints } from "../flags/checkpoint-policy.ts";
import { settingsOf, type TrainFlags } from "../flags/train-flags.ts";
import { chooseEngine, chooseEngines } from "../input/engine.ts";
import { engineOf } from "./engine-of.ts";
import { loadRecordedModules, recordModules } from "./modules.ts";
import { openContinuedRun } from "./open-run.ts";
import { parentOverlay } from "./parent-overlay.ts";
import type { OpenRun, PreparedRun } from "./prepared-run.ts";
import { loadRecordedData, requireSameData } from "./recorded-data.ts";
import { requireRecord } from "./require-record.ts";
import { findResumePoint, type ResumePoint, readParentCheckpoint } from "./resume-point.ts";

/** Throws `BAD_OPTION` for what would make another run of it, `BAD_DATA` for other images. */
export async function prepareResumedRun(named: string, flags: TrainFlags): Promise<PreparedRun> {
  const folder = await findRun(flags.out, named);
  const record = await requireRecord({ folder, ...(await readRunFiles(folder)) });
  const computed = engineOf(record, await readFirstEvent(folder));
  refuseOtherFlags(flags, { ...record, engine: computed.engine });
  const threads = flags.threads ?? computed.threads;
  const { create: engine } = chooseEngine({ engine: computed.engine, threads });
  const modules = await loadRecordedModules(record, flags);
  const { metrics, exporters, config } = modules;
  const dataset = await loadRecordedData(record, flags.data, config.data);
  requireSameData(record, dataset);

  // From here on nobody else changes the run.
  let taken = (): void => {};
  const session = await beginSession(folder, { onTaken: () => taken() });
  try {
    const run = await readRun(folder);
    refuseEnded(run, flags.epochs);
    const { resumePoint, problems } = await findResumePoint(run);
    const options = {
      dataset,
      metrics,
      exporters,
      limits: config.limits ?? {},
      ...(await beginningOf(run, record, resumePoint, flags.epochs)),
    };
    await checkTrainOptions(options);
    if (resumePoint !== undefined)
      await checkEngine(chooseEngines({ engine: computed.engine }).create(1), resumePoint.checkpoint);
    const seq = resumePoint?.checkpoint.seq ?? 0;
    const past = run.events.filter((event) => event.seq < seq);
    const checkpoints = chooseCheckpoints(flags, record.checkpoints);
    return {
      options,
      engine,
      checkpoints,
      past,
      notices: [
        ...run.problems,
        ...problems,
        ...setAside(problems),
        whereFrom(run, resumePoint),
        ...(await recordModules(modules)),
      ],
      overlay: await parentOverlay(run),
      async open({ onTaken, ...handlers }): Promise<OpenRun> {
        taken = onTaken;
        return await openContinuedRun({
          ...handlers,
          onTaken,
          runId: record.runId,
          folder,
          session,
          seq,
          resumePoint: resumePoint?.path,
          checkpoints,
          past: run.events,
        });
      },
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}

type Beginning = Pick<TrainOptions, "settings" | "script" | "resume" | "fork">;

async function beginningOf(
  { folder, events }: StoredRun,
  { settings, script, parent }: RunRecord,
  resumePoint: ResumePoint | undefined,
  epochs: number | undefined,
): Promise<Beginning> {
  if (resumePoint !== undefined) {
    return { script, resume: { ...resumePoint, events, ...(epochs === undefined ? {} : { epochs }) } };
  }
  // It died before its first checkpoint.
  const logged = scriptOf(events).filter(({ control }) => control.action !== "stop");
  const kept = epochs === undefined ? logged : logged.filter(({ control }) => control.action !== "epochs");
  const fork = parent === null ? undefined : await readParentCheckpoint(folder);
  return {
    settings: { ...settings, ...(epochs === undefined ? {} : { epochs }) },
    script: mergeScripts(script, kept),
    ...(fork && { fork }),
  };
}

function setAside(problems: readonly string[]): readonly string[] {
  if (problems.length === 0) return [];
  return [`${problems.length === 1 ? "it is" : "they are"} set aside as ${CHECKPOINTS_FOLDER}/${UNUSED}...`];
}

function whereFrom({ folder }: StoredRun, resumePoint: ResumePoint | undefined): string {
  if (resumePoint === undefined) return `${folder} has no checkpoint that can be used; it begins anew`;
  const { epoch, batch, isWholeEpoch } = resumePoint.checkpoint;
  return `${folder} goes on ${isWholeEpoch ? `after epoch ${epoch}` : `in epoch ${epoch}, after batch ${batch}`}`;
}

/** A run's settings are its own; only its epochs may become more. */
function refuseOtherFlags(flags: TrainFlags, record: RunRecord): void {
  const { settings, runId, data, engine } = record;
  const own = new Map(settingWords(settings));
  for (const [name, value] of settingWords(settingsOf(flags))) {
    if (name !== "epochs" && value !== own.get(name)) throw other(name, value, own.get(name));
  }
  if (flags.engine !== undefined && flags.engine !== engine) throw other("engine", flags.engine, engine);
  if (flags.trainOn !== undefined && flags.trainOn !== data.trainOn) {
    throw other("train-on", flags.trainOn, data.trainOn);
  }
  if (flags.labels !== undefined && flags.labels !== data.labels) {
    throw other("labels", flags.labels, data.labels);
  }
  if (flags.controls !== undefined) {
    throw new TrainscopeError("BAD_OPTION", "--controls doesn't go with --resume: a run repeats its own", {
      hint: "Leave out one of the two.",
    });
  }

  function other(name: string, asked: string, begunWith: string | null | undefined): TrainscopeError {
    const message = `--${name} is ${asked}; the run ${runId} was begun with ${begunWith ?? "none"}`;
    return new TrainscopeError("BAD_OPTION", message, {
      hint: `Only --epochs may change. trainscope fork ${runId} makes a new run that goes on with other settings.`,
    });
  }
}

const ENDED: Readonly<Partial<Record<RunEndReason, string>>> = {
  "early-stop": "it was stopped early, as its patience asks for",
  diverged: "its loss diverged, and would again",
};

/** Throws `BAD_OPTION` where nothing is left to train. */
function refuseEnded({ runId, events }: StoredRun, epochs: number | undefined): void {
  const end = events.findLast((event) => event.type === "run:end");
  if (end === undefined) return;
  const ended = ENDED[end.reason];
  if (ended !== undefined) {
    throw new TrainscopeError("BAD_OPTION", `the run ${runId} has ended: ${ended}`, {
      hint: `trainscope fork ${runId} makes a new run that goes on with other settings.`,
    });
  }
  if (end.reason !== "completed" || (epochs !== undefined && epochs > end.epochs)) return;
  const asked = epochs === undefined ? "" : `; --epochs is ${epochs}`;
  throw new TrainscopeError("BAD_OPTION", `the run ${runId} is complete after ${end.epochs} epochs${asked}`, {
    hint: `Ask for more with --epochs ${end.epochs + 10}.`,
  });
}
