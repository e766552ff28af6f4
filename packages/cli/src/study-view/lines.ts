// A study as plain lines for pipes, logs and CI: a head, a line a stage and a trial, and whatever else is worth knowing.
import type { StudyEvent, StudyStartEvent, TrialEndEvent } from "@trainscope/study";
import type { Print } from "@trainscope/tui/output";
import { formatDuration, formatFraction, percent } from "@trainscope/tui/text";
import type { Observable } from "rxjs";
import { describeStudy } from "./describe-study.ts";
import { addToStudy } from "./model/add-event.ts";
import { describeStudyEvent } from "./model/describe-study-event.ts";
import { initialStudyState, type StudyState, titleWithSteps } from "./model/state.ts";
import { timeLeft } from "./model/time-left.ts";
import { studyShare } from "./model/work.ts";

export function reportStudyLines(events: Observable<StudyEvent>, print: Print): Promise<void> {
  let state = initialStudyState();
  return new Promise((resolve, reject) => {
    events.subscribe({
      next(event) {
        const before = state;
        state = addToStudy(state, event);
        print(...studyLinesOf(event, state, before));
      },
      error: reject,
      complete: resolve,
    });
  });
}

/** The lines that tell an event; none for those that only a live screen shows. */
function studyLinesOf(event: StudyEvent, state: StudyState, before: StudyState): readonly string[] {
  switch (event.type) {
    case "study:start":
      return headOf(event);
    case "stage:start": {
      const stage = state.stages.find(({ name }) => name === event.stage);
      return [lineOf(state, [stage ? titleWithSteps(stage) : event.stage])];
    }
    case "stage:end": {
      const stage = state.stages.find(({ name }) => name === event.stage);
      if (stage === undefined) return [];
      const took = event.time - (stage.startedAt ?? event.time);
      return [lineOf(state, [`${stage.title}: ${event.text || "done"}`, seconds(took)])];
    }
    case "trial:end":
      return [lineOf(state, trialParts(event))];
    // The summary says how it ended.
    case "study:end":
      return [];
    case "trial:event":
    case "study:notice": {
      const id = event.type === "trial:event" ? event.trial : "";
      const running = before.running.find(({ trial }) => trial.id === id);
      const said = describeStudyEvent(event, state.stages, running?.trial.title ?? id);
      if (said === undefined) return [];
      const worth = said.severity === "warning" || said.severity === "error";
      return [worth ? `${said.severity}: ${said.text}` : said.text];
    }
    default:
      return [];
  }
}

function headOf(start: StudyStartEvent): readonly string[] {
  return [
    `data: ${start.dataName}`,
    `study: ${describeStudy(start).join(", ")}`,
    `stages: ${start.stages.map(titleWithSteps).join(", ")}`,
  ];
}

/** Where the study stands, what is told, and how long it still takes, where that is known. */
function lineOf(state: StudyState, parts: readonly string[]): string {
  const done = percent(studyShare(state).done);
  const left = done < 100 ? timeLeft(state, state.time) : undefined;
  const leftParts = left === undefined ? [] : [`${formatDuration(left)} left`];
  return [`${String(done).padStart(3)} %`, ...parts, ...leftParts].join(" | ");
}

const ENDINGS: Readonly<Record<TrialEndEvent["record"]["reason"], string>> = {
  completed: "",
  "early-stop": ", stopped early",
  stopped: ", stopped",
  diverged: ", diverged",
  failed: ", failed",
};

function trialParts({ record, reused }: TrialEndEvent): readonly string[] {
  const { trial, epochs, reason, metrics, milliseconds } = record;
  const accuracy = metrics["validation/accuracy"] ?? null;
  const planned = trial.settings.epochs;
  const count = epochs.length === planned ? `${planned}` : `${epochs.length} of ${planned}`;
  return [
    trial.title,
    `${count} epoch${planned === 1 ? "" : "s"}${ENDINGS[reason]}`,
    `validation accuracy ${accuracy === null ? "-" : formatFraction(accuracy)}`,
    reused ? "kept from before" : seconds(milliseconds),
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
