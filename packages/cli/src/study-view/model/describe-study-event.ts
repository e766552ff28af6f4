// A study's events in words: the same ones in the dashboard's log and in the lines of a pipe.
import type { AlertCode, TrainingEvent } from "@trainscope/core/events";
import type { StageInfo, StageName, StudyEvent } from "@trainscope/study";
import { describeEvent, type Said } from "@trainscope/tui/text";
import { titleWithSteps } from "./state.ts";

/** What is to be said of an event, if anything; `title` is that of the trial it is of. Trials' ends are in the table. */
export function describeStudyEvent(
  event: StudyEvent,
  stages: readonly StageInfo[],
  title: string,
): Said | undefined {
  const titleOf = (name: StageName): string => stages.find((stage) => stage.name === name)?.title ?? name;
  switch (event.type) {
    case "study:start":
      return { severity: "info", text: `started on ${event.dataName}` };
    case "stage:start": {
      const stage = stages.find(({ name }) => name === event.stage);
      const text = stage === undefined ? event.stage : titleWithSteps(stage);
      return { severity: "info", text, key: `stage:${event.stage}` };
    }
    case "stage:progress":
      return {
        severity: "info",
        text: `${titleOf(event.stage)}: ${event.text}`,
        key: `stage:${event.stage}`,
      };
    case "stage:end":
      return {
        severity: "success",
        text: `${titleOf(event.stage)}: ${event.text || "done"}`,
        key: `stage:${event.stage}`,
      };
    case "trial:event": {
      const { event: inner } = event;
      // What else there is to tell of a trial is in its row.
      if (inner.type !== "plugin:error" && !isTrouble(inner)) return undefined;
      const said = describeEvent(inner);
      return said && { severity: said.severity, text: `${title}: ${said.text}` };
    }
    case "study:notice":
      return { severity: event.level, text: event.message };
    case "study:end":
      return ENDINGS[event.reason];
    default:
      return undefined;
  }
}

/** A trial tries its settings whatever comes of it: advice on them isn't asked for. */
const ADVICE: readonly AlertCode[] = ["learning-rate-high", "overfitting", "not-learning"];

function isTrouble(event: TrainingEvent): boolean {
  return event.type === "alert" && event.level !== "info" && !ADVICE.includes(event.code);
}

const ENDINGS = {
  completed: { severity: "success", text: "all stages done" },
  stopped: { severity: "info", text: "stopped by you" },
  failed: { severity: "error", text: "the study failed" },
} as const satisfies Record<string, Said>;
