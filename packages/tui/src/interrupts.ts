// Ctrl-C in two stages, and SIGTERM and a terminal that is closed likewise: the first asks the run to end, the second leaves.

export interface Interrupts {
  /** How many there were. */
  readonly count: number;
  /** Counts a Ctrl-C that was typed at the dashboard, which sees to it itself. */
  note(): void;
  close(): void;
}

export function watchInterrupts(handlers: { onFirst: () => void; onSecond: () => void }): Interrupts {
  let count = 0;
  function interrupt(): void {
    count++;
    if (count === 1) handlers.onFirst();
    else handlers.onSecond();
  }
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, interrupt);
  return {
    get count() {
      return count;
    },
    note() {
      count++;
    },
    close() {
      for (const signal of signals) process.off(signal, interrupt);
    },
  };
}
