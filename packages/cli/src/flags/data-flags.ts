// The flags that say what is trained on.
import { type DataPart, LABEL_KINDS, type LabelKind, TRAIN_ONS, type TrainOn } from "@trainscope/runs/choices";
import { type Command, Option } from "commander";

export interface DataFlags {
  readonly data?: string;
  readonly trainOn?: TrainOn;
  readonly labels?: LabelKind;
}

/** What is trained on. */
export function addDataFlags(command: Command): Command {
  const trainOn = new Option(
    "--train-on <part>",
    "of CIFAR: a fifth of its training images, or all (default: batch1)",
  );
  return addLabelsFlag(addDataFlag(command).addOption(trainOn.choices(TRAIN_ONS)));
}

export function addDataFlag(command: Command): Command {
  return command.option(
    "--data <where>",
    "sample, cifar10, or a folder, archive or file of images (default: cifar10 if it is there, else the sample)",
  );
}

export function addLabelsFlag(command: Command): Command {
  return command.addOption(
    new Option("--labels <kind>", "of CIFAR-100: its 100 classes or its 20 (default: fine)").choices(
      LABEL_KINDS,
    ),
  );
}

/** What of the data is taken: what the flags ask for, else what a configuration or a record tells. */
export function partOf(flags: Omit<DataFlags, "data">, usual: Partial<DataPart> = {}): DataPart {
  return {
    trainOn: flags.trainOn ?? usual.trainOn ?? "batch1",
    labels: flags.labels ?? usual.labels ?? "fine",
  };
}
