// Tells a person of the occasions of a run, where they asked for it; what can't be delivered is told once.
import { messageOf } from "@trainscope/core/errors";
import { isTrainingEvent, type ShownEvent } from "@trainscope/core/source";
import { tell } from "@trainscope/tui/output";
import { deliver, type Message } from "./deliver.ts";
import { type Occasion, Occasions } from "./occasions.ts";
import { describeTarget, type Target } from "./target.ts";

export interface Notifier {
  take(event: ShownEvent): void;
  /** What is watched has ended, with a word on how. */
  end(text: string): void;
  /** Waits for what is on its way. */
  close(): Promise<void>;
}

export interface NotifierOptions {
  /** What is watched, in a word. */
  readonly source: string;
  readonly now?: () => number;
  readonly send?: (target: Target, message: Message) => Promise<void>;
  /** Says a line on stderr. */
  readonly say?: (line: string) => void;
}

const LOOK_MS = 1000;

export function createNotifier(targets: readonly Target[], options: NotifierOptions): Notifier {
  const { source, now = Date.now, send = deliver, say = tell } = options;
  const occasions = new Occasions();
  const failed = new Set<Target>();
  const pending = new Set<Promise<void>>();

  async function bring(target: Target, message: Message): Promise<void> {
    try {
      await send(target, message);
    } catch (error) {
      if (failed.has(target)) return;
      failed.add(target);
      say(`--notify: ${describeTarget(target)} can't be reached: ${messageOf(error)}`);
    }
  }

  function announce(found: readonly Occasion[]): void {
    for (const { kind, text } of found) {
      for (const target of targets) {
        const sent = bring(target, { kind, source, text }).finally(() => pending.delete(sent));
        pending.add(sent);
      }
    }
  }

  const timer =
    targets.length === 0 ? undefined : setInterval(() => announce(occasions.due(now())), LOOK_MS).unref();
  return {
    take(event) {
      if (targets.length > 0 && isTrainingEvent(event)) announce(occasions.take(event, now()));
    },
    end: (text) => announce(targets.length > 0 ? occasions.end(text) : []),
    async close() {
      clearInterval(timer);
      await Promise.all(pending);
    },
  };
}
