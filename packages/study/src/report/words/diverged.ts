// Runs that diverged: which they are, and where their answers mean nothing.
import type { FinalResult, OptionalResults, SettingResult, StudyResults } from "../../stages/results.ts";
import { joined, settingName } from "./numbers.ts";

/** ` (diverged)` or ` (2 of 3 diverged)` after a setting's name; nothing where all runs came to their end. */
export function divergedMark({ reasons }: SettingResult): string {
  const diverged = reasons.filter((reason) => reason === "diverged").length;
  if (diverged === 0) return "";
  return reasons.length === 1 ? " (diverged)" : ` (${diverged} of ${reasons.length} diverged)`;
}

/** A paragraph, or none. */
export function divergedSettingWords(settings: readonly SettingResult[]): readonly string[] {
  const named = settings.flatMap((setting) => {
    const mark = divergedMark(setting);
    return mark === "" ? [] : [`${settingName(setting)}${setting.reasons.length === 1 ? "" : mark}`];
  });
  if (named.length === 0) return [];
  const several = settings.some(({ reasons }) => reasons.length > 1);
  return [
    `With ${joined(named)} the loss left the finite numbers, and the run ended there: it diverged. The figures of such a run ` +
      `are those that it still had${several ? ", and means are over those that there are" : ""}.`,
  ];
}

/** Whether no run of a setting came to its end. */
export function isLost({ reasons }: SettingResult): boolean {
  return reasons.every((reason) => reason === "diverged");
}

/** Whether the best setting's model, which is of the first seed, answers anything that means something. */
export function bestIsSound({ settings, best }: StudyResults): boolean {
  return settings[best]?.reasons[0] !== "diverged";
}

/** Whether the final model came to numbers. */
export function finalIsSound({ testLoss, validationAccuracy }: FinalResult): boolean {
  return testLoss !== null && validationAccuracy !== null;
}

/** A paragraph, or none: changes without a gain. */
export function divergedVariantWords({ baseline, variants }: OptionalResults): readonly string[] {
  if (baseline.validationAccuracy === null) {
    return ["The baseline diverged, so there is nothing to measure a gain by."];
  }
  const lost = variants.filter(({ gain }) => gain === null).map(({ title }) => title);
  return lost.length === 0 ? [] : [`Diverged, and therefore without a gain: ${joined(lost)}.`];
}
