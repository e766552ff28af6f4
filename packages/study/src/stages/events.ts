// What a study tells while it goes on: plain data, each event survives JSON.stringify.
//
// Order: study:start, then each stage's stage:start, its stage:progress, trial:start, trial:event and trial:end in
// any order, and stage:end; study:end is the last. Trials of one stage may run at the same time. study:notice comes
// anywhere between. A study that is stopped or fails leaves its last stage, and its trials, without an end.
import type { TrainingEvent } from "@trainscope/core/events";
import type { StudyTrial, StudyTrialRecord } from "./trial.ts";

/** The version of the grammar of a study's events, `v` of each. */
export const STUDY_EVENT_VERSION = 1;

/** The stages of a study, in their order. */
export type StageName =
  | "gradient-check"
  | "settings"
  | "improvements"
  | "search"
  | "final"
  | "test"
  | "figures"
  | "pdf";

/** A stage of a study, as its plan has it. */
export interface StageInfo {
  readonly name: StageName;
  /** As shown, e.g. "Four settings". */
  readonly title: string;
  /** Trials in it, or other steps where it has none; 0 where that isn't known yet. */
  readonly steps: number;
  /** Its share of the whole study's time, about: all stages' add up to 1. */
  readonly share: number;
}

interface StudyEventHeader {
  readonly v: typeof STUDY_EVENT_VERSION;
  /** Rises by one from event to event; a log may leave some out. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A study begins: what it is going to do. */
export interface StudyStartEvent extends StudyEventHeader {
  readonly type: "study:start";
  readonly dataName: string;
  readonly part: StudyPart;
  readonly quick: boolean;
  readonly seeds: readonly number[];
  /** Trials that run at the same time, at most. */
  readonly jobs: number;
  readonly stages: readonly StageInfo[];
}

/** The assignment alone, or its optional part as well. */
export type StudyPart = "basic" | "full";

export interface StageStartEvent extends StudyEventHeader {
  readonly type: "stage:start";
  readonly stage: StageName;
}

/** A step of a stage is done, such as a row of the gradient check or a figure. Trials count by their trial:end. */
export interface StageProgressEvent extends StudyEventHeader {
  readonly type: "stage:progress";
  readonly stage: StageName;
  readonly done: number;
  readonly steps: number;
  /** What is done, e.g. a file's name. */
  readonly text: string;
}

export interface StageEndEvent extends StudyEventHeader {
  readonly type: "stage:end";
  readonly stage: StageName;
  /** What came of it, in a sentence; empty where there is nothing to say. */
  readonly text: string;
}

export interface TrialStartEvent extends StudyEventHeader {
  readonly type: "trial:start";
  readonly trial: StudyTrial;
}

/** An event of the trial's own run. */
export interface TrialEvent extends StudyEventHeader {
  readonly type: "trial:event";
  readonly trial: string;
  readonly event: TrainingEvent;
}

/** A trial of a study has ended. */
export interface TrialEndEvent extends StudyEventHeader {
  readonly type: "trial:end";
  readonly trial: string;
  readonly record: StudyTrialRecord;
  /** It was kept from an earlier start of the study, and had no trial:start. */
  readonly reused: boolean;
}

/** Something to be told, such as that there is no browser to print with. */
export interface StudyNoticeEvent extends StudyEventHeader {
  readonly type: "study:notice";
  readonly level: "info" | "warning" | "error";
  readonly message: string;
}

export interface StudyEndEvent extends StudyEventHeader {
  readonly type: "study:end";
  readonly reason: "completed" | "stopped" | "failed";
}

/** What `runStudy` tells: a closed union of plain data. */
export type StudyEvent =
  | StudyStartEvent
  | StageStartEvent
  | StageProgressEvent
  | StageEndEvent
  | TrialStartEvent
  | TrialEvent
  | TrialEndEvent
  | StudyNoticeEvent
  | StudyEndEvent;

/** An event's own fields, before the header is put on. */
export type StudyEventBody = StudyEvent extends infer Event
  ? Event extends StudyEvent
    ? Omit<Event, keyof StudyEventHeader>
    : never
  : never;
