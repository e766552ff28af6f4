// How the settings' test accuracies lie beside the published ranges.
import type { SettingResult, StudyResults } from "../../stages/results.ts";
import { joined, percent, points, settingName, spelled } from "./numbers.ts";

/** Figures are compared as they are shown, to a tenth of a point. */
const tenth = (fraction: number): number => Math.round(1000 * fraction) / 1000;

/** A paragraph, or none where there is nothing to compare. */
export function publishedWords({
  settings,
  quick,
}: Pick<StudyResults, "settings" | "quick">): readonly string[] {
  if (quick) return [];
  const compared = settings.flatMap((setting) => {
    const accuracy = setting.figures["test/accuracy"]?.mean ?? null;
    return setting.published === null || accuracy === null
      ? []
      : [distanceOf(setting, setting.published, accuracy)];
  });
  if (compared.length === 0) return [];
  const outside = compared.filter(({ distance }) => distance !== 0);
  const inside = compared.length - outside.length;
  const range = "the range that several independent implementations have published";
  if (outside.length === 0) {
    return [
      `The test accuracy of ${inside === 1 ? "this setting" : `all ${spelled(inside)} settings`} lies within ${range}.`,
    ];
  }
  const named = outside.map(
    ({ setting, accuracy, distance }) =>
      `that of ${settingName(setting)} (${percent(accuracy)}) lies ${points(distance)} ${distance > 0 ? "above" : "below"} it`,
  );
  return [
    `The test accuracy of ${spelled(inside)} of the ${spelled(compared.length)} settings lies within ${range}; ${joined(named)}.`,
  ];
}

function distanceOf(setting: SettingResult, [low, high]: readonly [number, number], accuracy: number) {
  const [shown, least, most] = [tenth(accuracy), tenth(low), tenth(high)];
  const distance = shown > most ? shown - most : shown < least ? shown - least : 0;
  return { setting, accuracy, distance };
}
