// What asks a run to end: Ctrl-C, SIGTERM, and a terminal that is closed. A second Ctrl-C leaves.

export interface Interrupts {
  /** How many there were. */
  readonly count: number;
  /**
   * Counts a Ctrl-C that was typed at the dashboard, which sees to it itself; `false` where it is the one before, come
   * again.
   */
  note(): boolean;
  close(): void;
}

/** What a screen asks for by its keys. */
export interface StopHandlers {
  /** What is done is to be kept, and the rest to end. */
  readonly onStop: () => void;
  /** Ctrl-C was typed; what follows is asked for through the others. Tells whether it counts, or is the one before, come again. */
  readonly onInterrupt: () => boolean;
  /** Leave now. */
  readonly onQuit: () => void;
}

/**
 * A Ctrl-C comes to a program twice where npx or `timeout` passes on what the terminal has sent it already, and keys that
 * are held repeat themselves; two within so many milliseconds are one, as signals or as keys.
 */
const SAME_MS = 300;

export function watchInterrupts(handlers: { onFirst: () => void; onSecond: () => void }): Interrupts {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;

  function isRepeated(): boolean {
    const now = performance.now();
    const isSame = now - last < SAME_MS;
    last = now;
    return isSame;
  }

  function interrupt(signal: NodeJS.Signals): void {
    const isSame = isRepeated();
    if (count === 0) {
      count++;
      handlers.onFirst();
    } else if (signal === "SIGINT" && !isSame) {
      count++;
      handlers.onSecond();
    }
    // A terminal that is closed may say so several times, and a service that is ended: what was begun is finished.
  }
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    get count() {
      return count;
    },
    note() {
      const isNew = !isRepeated();
      if (isNew) count++;
      return isNew;
    },
    close() {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
