// What a person may type, a word or two and Enter, while a run is told in sentences.
import type { Control } from "@trainscope/core";
import { isOurProgram, type Source } from "@trainscope/core/source";

export type TypedCommand =
  | { readonly kind: "control"; readonly control: Control }
  | { readonly kind: "status" | "help" | "quit" }
  /** What is wrong with it. */
  | { readonly kind: "unknown"; readonly message: string };

const STATUS = "status: where the run stands.";
const CONTROLS = [
  "pause, resume: wait before the next batch, and go on.",
  "step: one epoch, then a pause. batch: one batch, then a pause.",
  "rate 0.0005, lambda 0.1, size 50, epochs 80: change a setting, from the next batch on.",
  "checkpoint: save the parameters now. pictures: write the pictures now.",
] as const;

/** What can be done with the run, by where its events come from. */
export function typedHelp(source: Source): readonly string[] {
  if (source.kind === "training") {
    return [STATUS, ...CONTROLS, "stop: end the run here and save. quit: leave now without saving."];
  }
  const mayControl = "mayControl" in source && source.mayControl === true;
  return mayControl
    ? [STATUS, ...CONTROLS, "stop: end the run here. quit: leave it."]
    : [STATUS, "quit: leave it."];
}

/** What Ctrl-C does. */
export function interruptWords(source: Source): string {
  if (source.kind === "training") return "Ctrl-C stops and saves.";
  return isOurProgram(source) ? "Ctrl-C stops the program." : "Ctrl-C leaves.";
}

const PLAIN: Readonly<Record<string, TypedCommand>> = {
  status: { kind: "status" },
  help: { kind: "help" },
  quit: { kind: "quit" },
  pause: { kind: "control", control: { action: "pause" } },
  resume: { kind: "control", control: { action: "resume" } },
  step: { kind: "control", control: { action: "step", unit: "epoch" } },
  batch: { kind: "control", control: { action: "step", unit: "batch" } },
  checkpoint: { kind: "control", control: { action: "checkpoint" } },
  pictures: { kind: "control", control: { action: "export" } },
  stop: { kind: "control", control: { action: "stop" } },
};

const SETTINGS = { rate: "learningRate", lambda: "lambda", size: "batchSize", epochs: "epochs" } as const;

/** `undefined` for an empty line. Whether a number is in range is for the trainer to say. */
export function parseTyped(line: string): TypedCommand | undefined {
  const [word = "", value, ...rest] = line
    .trim()
    .toLowerCase()
    .split(/[\s=:]+/);
  if (word === "") return undefined;
  const plain = Object.hasOwn(PLAIN, word) ? PLAIN[word] : undefined;
  if (plain !== undefined && value === undefined) return plain;
  if (Object.hasOwn(SETTINGS, word) && rest.length === 0) {
    const to = Number(value);
    if (value === undefined || value === "" || !Number.isFinite(to)) {
      return {
        kind: "unknown",
        message: `${word} needs a number, such as: ${word} ${EXAMPLES[word as Setting]}.`,
      };
    }
    return { kind: "control", control: { action: SETTINGS[word as Setting], to } };
  }
  return {
    kind: "unknown",
    message: `"${line.trim().slice(0, 40)}" is no command. Type help for those there are.`,
  };
}

type Setting = keyof typeof SETTINGS;
const EXAMPLES: Readonly<Record<Setting, string>> = { rate: "0.0005", lambda: "0.1", size: "50", epochs: "80" };
