// The settings that can be swept: how the command line names them, reads their values and writes them.
import { TrainscopeError } from "@trainscope/core/errors";
import {
  describeInitialisation,
  describeSchedule,
  type Initialisation,
  KEEPS,
  LOSS_NAMES,
  resolveSettings,
  type Schedule,
  type TrainSettings,
} from "@trainscope/core/settings";
import type { Point } from "@trainscope/sweep";
import {
  checkSpace,
  type Dimension,
  type DimensionWords,
  parseDimension,
  type SearchSpace,
  type SettingValue,
} from "@trainscope/sweep/space";
import { formatSetting } from "@trainscope/tui/text";
import { InvalidArgumentError } from "commander";
import {
  initialisation,
  noise,
  nonNegativeInteger,
  nonNegativeNumber,
  positiveInteger,
  positiveNumber,
  probability,
  schedule,
  words,
} from "../../input/parsers.ts";

export type SweptSetting = Exclude<keyof TrainSettings, "epochs" | "seed">;

export interface SweptFlag {
  /** As typed, without its hyphens, and the name of a column. */
  readonly name: string;
  readonly setting: SweptSetting;
  readonly description: string;
  readonly read: (text: string) => SettingValue;
  readonly kind: "number" | "whole" | "words";
}

/** In the order in which they are drawn and shown. */
export const SWEPT_FLAGS: readonly SweptFlag[] = [
  flag("loss", "loss", "what is minimised", oneOf(LOSS_NAMES), "words"),
  flag("lambda", "lambda", "factors of the L2 term", nonNegativeNumber, "number"),
  flag("eta", "learningRate", "learning rates", positiveNumber, "number"),
  flag("schedule", "schedule", "learning rates over time, as for train", schedule, "words"),
  flag("batch", "batchSize", "images in a batch", positiveInteger, "whole"),
  flag("flip", "flip", "how often training images are mirrored", probability, "number"),
  flag("noise", "noise", "by how much bytes of training images are moved", noise, "whole"),
  flag(
    "init",
    "initialisation",
    "what the first weights are drawn from, as for train",
    initialisation,
    "words",
  ),
  flag(
    "patience",
    "patience",
    "epochs without a better figure before a trial ends",
    nonNegativeInteger,
    "whole",
  ),
  flag("keep", "keep", "parameters of which epoch a trial ends with", oneOf(KEEPS), "words"),
  flag("monitor", "monitor", "figure that patience and keep look at", words, "words"),
];

function flag(
  name: string,
  setting: SweptSetting,
  description: string,
  read: (text: string) => SettingValue,
  kind: SweptFlag["kind"],
): SweptFlag {
  return { name, setting, description, read, kind };
}

function oneOf(names: readonly string[]): (text: string) => string {
  return (text) => {
    if (names.includes(text)) return text;
    throw new InvalidArgumentError(`Expected one of ${names.join(", ")}.`);
  };
}

/**
 * For commander: what is wrong with the words is told as a wrong argument. Throws `BAD_OPTION`, with the flag's name, for a
 * range that can't be searched.
 */
export function dimensionReader({ name, read, kind }: SweptFlag): (text: string) => Dimension {
  return (text) => {
    const dimension = parsed(text, { value: read, isNumber: kind !== "words", whole: kind === "whole" });
    checkSpace({ [`--${name}`]: dimension });
    // Choices were read as they were parsed.
    if (dimension.kind !== "choice") for (const end of [dimension.from, dimension.to]) read(String(end));
    return dimension;
  };
}

function parsed(text: string, words: DimensionWords): Dimension {
  try {
    return parseDimension(text, words);
  } catch (error) {
    if (error instanceof TrainscopeError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
}

/** Throws `BAD_OPTION` for a setting that can't be swept, and for a value that the setting can't have. */
export function checkSweptValues(space: SearchSpace): void {
  for (const [name, dimension] of Object.entries(space)) {
    if (dimension === undefined) continue;
    if (!SWEPT_FLAGS.some(({ setting }) => setting === name)) {
      const names = SWEPT_FLAGS.map(({ setting }) => setting).join(", ");
      throw new TrainscopeError("BAD_OPTION", `search space: ${name} can't be swept`, {
        hint: `What can be: ${names}. The number of epochs is one for all, --seeds has the seeds.`,
      });
    }
    const values = dimension.kind === "choice" ? dimension.values : [dimension.from, dimension.to];
    for (const value of values) resolveSettings({ [name]: value });
  }
}

/** Column and value of each setting of the point, in the order of the flags. */
export function pointTexts(point: Point): readonly (readonly [string, string])[] {
  return SWEPT_FLAGS.flatMap(({ name, setting }) => {
    const value = point[setting];
    return value === undefined ? [] : [[name, settingText(setting, value)] as const];
  });
}

/** `eta 0.00312, batch 50` */
export function describePoint(point: Point): string {
  return pointTexts(point)
    .map(([name, text]) => `${name} ${text}`)
    .join(", ");
}

/** A value of a setting as the command line writes it. */
export function settingText(setting: string, value: SettingValue): string {
  if (setting === "schedule") return describeSchedule(value as Schedule);
  if (setting === "initialisation") return describeInitialisation(value as Initialisation);
  return typeof value === "number" ? formatSetting(value) : String(value);
}

/** What a setting may be, as the command line writes it; a condition is not told. */
export function dimensionText(setting: string, dimension: Dimension | undefined): string {
  if (dimension === undefined) return "not searched";
  if (dimension.kind === "choice")
    return dimension.values.map((value) => settingText(setting, value)).join(",");
  const { kind, from, to, points } = dimension;
  return `${kind}:${from}..${to}${points === undefined ? "" : `/${points}`}`;
}
