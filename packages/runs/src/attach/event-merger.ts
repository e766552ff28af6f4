// One run from two sources: its log, and the process that trains it. Each event is told once, in the order of `seq`.
// Where they come from is the caller's business.
import { isPersisted, type TrainingEvent } from "@trainscope/core/events";

export interface EventMerger {
  /** The log is read from its first line on: at first, or again. */
  startLog(): void;
  fromLog(event: TrainingEvent): void;
  /** All that is in the log was given. */
  endOfLog(): void;
  /** A process begins to tell; that waits for what its log has of the time before. */
  join(): void;
  fromProcess(event: TrainingEvent): void;
  leave(): void;
}

export interface MergerHandlers {
  tell(event: TrainingEvent): void;
  /** What was told is no longer so: the run was continued from an earlier place. The log is to be read again. */
  forget(): void;
}

export function createEventMerger({ tell, forget }: MergerHandlers): EventMerger {
  /** When each event that a log keeps was told of, by its `seq`: the run that it is of goes by that. */
  const emitted = new Map<number, number>();
  let last = Number.NEGATIVE_INFINITY;
  /** Of the line of the log before; a log that goes back is damaged, and what it repeats is passed over. */
  let lastInLog = Number.NEGATIVE_INFINITY;
  let isJoined = false;
  /** What the process told, as long as the log isn't read. */
  let waiting: TrainingEvent[] | undefined;

  /** Gives whether the event belongs to what was told. */
  function offer(event: TrainingEvent): boolean {
    const { seq, time } = event;
    if (seq > last) {
      last = seq;
      if (isPersisted(event)) emitted.set(seq, time);
      tell(event);
      return true;
    }
    return !isPersisted(event) || emitted.get(seq) === time;
  }

  function startAgain(): void {
    emitted.clear();
    last = Number.NEGATIVE_INFINITY;
    if (isJoined) waiting ??= [];
    forget();
  }

  function fromProcess(event: TrainingEvent): void {
    if (waiting !== undefined) waiting.push(event);
    else if (!offer(event)) {
      waiting = [event];
      startAgain();
    }
  }

  return {
    startLog() {
      lastInLog = Number.NEGATIVE_INFINITY;
    },
    fromLog(event) {
      if (event.seq <= lastInLog) return;
      lastInLog = event.seq;
      if (!offer(event)) startAgain();
    },
    endOfLog() {
      const ready = waiting ?? [];
      waiting = undefined;
      for (const event of ready) fromProcess(event);
    },
    join() {
      isJoined = true;
      waiting ??= [];
    },
    fromProcess,
    leave() {
      isJoined = false;
      waiting = undefined;
    },
  };
}
