// What keys mean: from a key to a command, and from a command to what it does. No terminal in here.
import type { Control } from "@trainscope/core";
import type { DashboardState, Phase } from "./state.ts";

export type Command = "toggle" | "step" | "stop" | "quit" | "help" | "escape" | "interrupt";

/** What lies over the screen. */
export interface Overlay {
  readonly help: boolean;
  /** `q` was pressed once. */
  readonly quitting: boolean;
}

export const NO_OVERLAY: Overlay = { help: false, quitting: false };

export interface Effect {
  readonly overlay: Overlay;
  readonly control?: Control["action"];
  readonly quit?: boolean;
}

interface KeyModifiers {
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly escape: boolean;
  readonly eventType?: "press" | "repeat" | "release" | undefined;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  " ": "toggle",
  p: "toggle",
  s: "step",
  x: "stop",
  q: "quit",
  "?": "help",
  h: "help",
};

/** Longer input at once is no typing but pasted text. */
const LONGEST_TYPED = 3;

/** The commands of what was typed, in order; unknown keys and pasted text give none. */
export function commandsOf(input: string, key: KeyModifiers): readonly Command[] {
  if (key.eventType === "release") return [];
  if (key.escape) return ["escape"];
  if (key.ctrl) return input === "c" ? ["interrupt"] : [];
  if (key.meta || input.length > LONGEST_TYPED) return [];
  return [...input.toLowerCase()].flatMap((character) => COMMANDS[character] ?? []);
}

/** What a command does where the run stands now. */
export function perform(command: Command, overlay: Overlay, state: DashboardState): Effect {
  const calm: Overlay = { ...overlay, quitting: false };
  const wanted = wantedPhase(state);
  const over = wanted === "stopping" || wanted === "finishing" || wanted === "ended";
  switch (command) {
    case "interrupt":
      return over ? { overlay: calm, quit: true } : { overlay: calm, control: "stop" };
    case "quit":
      return overlay.quitting || wanted === "ended"
        ? { overlay: calm, quit: true }
        : { overlay: { help: false, quitting: true } };
    case "help":
      return { overlay: { help: !overlay.help, quitting: false } };
    case "escape":
      return { overlay: NO_OVERLAY };
    case "toggle":
      return over ? { overlay: calm } : { overlay: calm, control: wanted === "paused" ? "resume" : "pause" };
    case "step":
      return over || wanted === "stepping" ? { overlay: calm } : { overlay: calm, control: "step" };
    case "stop":
      return over ? { overlay: calm } : { overlay: calm, control: "stop" };
  }
}

/** Where the run will stand once the trainer has answered; `stopping` until it has finished its batch. */
export function wantedPhase({ phase, requested }: DashboardState): Phase | "stopping" {
  if (phase === "ended" || requested === undefined) return phase;
  return ({ pause: "paused", resume: "training", step: "stepping", stop: "stopping" } as const)[requested];
}
