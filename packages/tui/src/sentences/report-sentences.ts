// The reporter for a screen reader: sentences one after the other, and commands typed as words.
import { createInterface } from "node:readline";
import type { Control } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { type SourceStore, TRAINING } from "@trainscope/core/source";
import type { Observable } from "rxjs";
import type { Print } from "../output/print.ts";
import type { Formats } from "../text/format-metric.ts";
import { Narrator } from "./narrator.ts";
import { interruptWords, parseTyped, typedHelp } from "./typed-command.ts";

export interface SentencesOptions {
  readonly formats: Formats;
  readonly onControl: (control: Control) => void;
  readonly onQuit: () => void;
  readonly print: Print;
  readonly input: NodeJS.ReadableStream;
  /** Where the events come from; this process where it is left out. */
  readonly source?: SourceStore | undefined;
}

/** Subscribes at once; resolves when the stream has completed. */
export function reportSentences(events: Observable<TrainingEvent>, options: SentencesOptions): Promise<void> {
  const { formats, onControl, onQuit, print, input, source = TRAINING } = options;
  const narrator = new Narrator(formats);
  const say = (sentences: readonly string[]): void => print(...sentences);
  // The terminal itself edits and echoes the line, as the listener is used to.
  const lines = createInterface({ input, terminal: false });
  lines.on("line", (line) => {
    const typed = parseTyped(line);
    switch (typed?.kind) {
      case "control":
        return onControl(typed.control);
      case "status":
        return say([narrator.status()]);
      case "help":
        return say(typedHelp(source.snapshot()));
      case "quit":
        return onQuit();
      case "unknown":
        return say([typed.message]);
    }
  });
  const onInputEnd = (): void => say([`Nothing more can be typed. ${interruptWords(source.snapshot())}`]);
  lines.once("close", onInputEnd);
  return new Promise<void>((resolve, reject) => {
    events.subscribe({ next: (event) => say(narrator.tell(event)), error: reject, complete: resolve });
  })
    .then(() => say(narrator.last()))
    .finally(() => {
      lines.off("close", onInputEnd);
      lines.close();
    });
}
