// Ctrl-C in two stages, and SIGTERM likewise: the first asks the run to end, the second leaves.

export interface Interrupts {
  /** How many there were. */
  readonly count: number;
  /** What a signal does, for Ctrl-C typed at a terminal in raw mode. */
  interrupt(): void;
  close(): void;
}

export function watchInterrupts(handlers: { onFirst: () => void; onSecond: () => void }): Interrupts {
  let count = 0;
  function interrupt(): void {
    count++;
    if (count === 1) handlers.onFirst();
    else handlers.onSecond();
  }
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    get count() {
      return count;
    },
    interrupt,
    close() {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
