// A trial of a study: what its plan says of it beside what any trial has.
import type { Trial, TrialRecord, TrialResult } from "@trainscope/sweep/trial";

/**
 * Which of a study's data sets a trial trains on. `assignment`: as the assignment says. `small`: the same training
 * images, validated on others, which no trial of the optional part trains on. `large`: as many images as leave those
 * out. `final`: all but a few held out.
 */
export type TrialData = "assignment" | "small" | "large" | "final";

/** The stages of a study that train. */
export type TrialStage = "settings" | "improvements" | "search" | "final";

/** Plain data. */
export interface StudyTrial extends Trial {
  readonly stage: TrialStage;
  readonly data: TrialData;
}

/** What is kept of a study's trial in words and numbers. Plain data. */
export type StudyTrialRecord = TrialRecord<StudyTrial>;

/** What a study's trial came to. */
export type StudyTrialResult = TrialResult<StudyTrial>;
