// The settings that can be swept: how the command line names them and reads their values.
import { TrainscopeError } from "@trainscope/core/errors";
import { KEEPS, LOSS_NAMES, type TrainSettings } from "@trainscope/core/settings";
import {
  checkSpace,
  type Dimension,
  type DimensionWords,
  parseDimension,
  type SettingValue,
} from "@trainscope/sweep/space";
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
