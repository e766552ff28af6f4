// From one state of the board to the next. Each event costs the same however many there are behind it: what is kept of the
// candidates grows in place, all else is replaced. So an event must not be added twice to one board.
import { describeEdit } from "../definition.ts";
import type { SweepEvent } from "../events.ts";
import { describePoint } from "../swept-settings.ts";
import { type Board, type BoardCandidate, type LaneState, newBoard } from "./board.ts";

/** A key asked for the sweep to be stopped; something to say in place of the keys, or no more. */
export type BoardRequest =
  | { readonly type: "request:stop" }
  | { readonly type: "notice"; readonly text?: string };

type TrialEvent<Type> = Extract<SweepEvent, { type: Type }>;

export function addToBoard(board: Board, event: SweepEvent | BoardRequest): Board {
  if (event.type === "request:stop") return { ...board, stopping: true };
  if (event.type === "notice") return { ...board, notice: event.text };
  const timed = {
    ...board,
    startedAt: board.startedAt ?? event.time,
    time: Math.max(event.time, board.time ?? event.time),
  };
  switch (event.type) {
    case "sweep:start":
      return startSweep(board, event);
    case "sweep:edit":
      return editSweep(timed, event);
    case "trial:start":
      return startTrial(timed, event);
    case "trial:epoch":
      return followTrial(timed, event);
    case "trial:end":
      return endTrial(timed, event);
    case "trial:lost":
      return loseTrial(timed, event);
    case "candidate:end": {
      const one = candidateOf(timed, event);
      const { epochs, values, lost, mean, deviation } = event;
      if (epochs >= (one.outcome?.epochs ?? 0)) one.outcome = { epochs, values, lost, mean, deviation };
      return recorded(timed);
    }
    case "sweep:end":
      return { ...timed, phase: "ended", reason: event.reason };
  }
}

/** One that goes on keeps what is known of it, at a pace of its own. One that is followed may be told anew from its first event. */
function startSweep(board: Board, event: TrialEvent<"sweep:start">): Board {
  const isFirst = event.seq === 0 || board.start === undefined;
  const { candidates, done, counts, recorded: before } = isFirst ? newBoard() : board;
  // What the start before had begun.
  for (const { running } of candidates.values()) running.clear();
  const lanes = Array.from({ length: event.lanes }, (_, index) => idle({ lane: index + 1, since: event.time }));
  return recorded({
    ...newBoard(board.isWatched),
    candidates,
    done,
    counts,
    recorded: before,
    notice: board.notice,
    startedAt: event.time,
    time: event.time,
    start: event,
    phase: "running",
    lanes,
  });
}

function editSweep(board: Board, { definition, planned }: TrialEvent<"sweep:edit">): Board {
  const { start } = board;
  if (start === undefined) return board;
  const notice = `edited: ${describeEdit(start.definition, definition)}`;
  return recorded({ ...board, start: { ...start, definition, planned }, notice });
}

function idle({ lane, since }: Pick<LaneState, "lane" | "since">): LaneState {
  return { lane, since, trial: undefined };
}

function startTrial(board: Board, event: TrialEvent<"trial:start">): Board {
  const { candidate, point, seed, epochs, lane, time } = event;
  const one = candidateOf(board, event);
  // Where its worker was lost, another goes on with it.
  const before = board.lanes.find(({ trial }) => trial?.candidate === candidate && trial.seed === seed);
  one.running.add(seed);
  if (!one.curves.has(seed)) one.curves.set(seed, []);
  const epoch = board.done.get(nameOf(event)) ?? 0;
  const trial = { candidate, point, seed, epochs, epoch, value: null };
  const others = board.lanes
    .filter((other) => other.lane !== lane)
    .map((other) => (other === before ? idle({ lane: other.lane, since: time }) : other));
  // A queue's workers come up as they take something.
  const lanes = [...others, { lane, since: time, trial }].sort((a, b) => a.lane - b.lane);
  const { counts } = board;
  return recorded({
    ...board,
    lanes,
    counts: { ...counts, retried: counts.retried + Number(before !== undefined) },
  });
}

function followTrial(board: Board, event: TrialEvent<"trial:epoch">): Board {
  const { candidate, seed, epoch, value } = event;
  const curve = board.candidates.get(candidate)?.curves.get(seed);
  if (curve !== undefined) {
    while (curve.length < epoch - 1) curve.push(null);
    curve[epoch - 1] = value;
  }
  board.done.set(nameOf(event), epoch);
  const lanes = board.lanes.map((lane) =>
    lane.trial?.candidate === candidate && lane.trial.seed === seed
      ? { ...lane, trial: { ...lane.trial, epoch, value } }
      : lane,
  );
  return recorded({ ...board, lanes, fresh: board.fresh + 1 });
}

function endTrial(board: Board, event: TrialEvent<"trial:end">): Board {
  const { seed, curve, reason, reused } = event;
  candidateOf(board, event).curves.set(seed, [...curve]);
  const { counts } = board;
  return recorded({
    ...board,
    lanes: lanesAfter(board, event),
    counts: {
      ...counts,
      trained: counts.trained + Number(!reused),
      reused: counts.reused + Number(reused),
      diverged: counts.diverged + Number(reason === "diverged"),
    },
  });
}

function loseTrial(board: Board, event: TrialEvent<"trial:lost">): Board {
  const { point, seed, message } = event;
  return recorded({
    ...board,
    lanes: lanesAfter(board, event),
    counts: { ...board.counts, lost: board.counts.lost + 1 },
    notice: `lost: ${describePoint(point)}, seed ${seed}: ${message}`,
  });
}

/** The lanes without a training that has ended, of which nothing more is before it, however it ended. */
function lanesAfter(board: Board, event: TrialEvent<"trial:end" | "trial:lost">): readonly LaneState[] {
  const { candidate, seed, epochs, time } = event;
  // One that was found, or that another machine trained between two looks, hasn't told a start.
  candidateOf(board, event).running.delete(seed);
  board.done.set(nameOf(event), Math.max(epochs, board.done.get(nameOf(event)) ?? 0));
  return board.lanes.map((lane) =>
    lane.trial?.candidate === candidate && lane.trial.seed === seed
      ? idle({ lane: lane.lane, since: time })
      : lane,
  );
}

function candidateOf(
  { candidates }: Board,
  { candidate, point }: Pick<BoardCandidate, "candidate" | "point">,
): BoardCandidate {
  const known = candidates.get(candidate);
  if (known !== undefined) return known;
  const created: BoardCandidate = {
    key: String(candidate),
    candidate,
    point,
    outcome: undefined,
    curves: new Map(),
    running: new Set(),
  };
  candidates.set(candidate, created);
  return created;
}

function recorded(board: Board): Board {
  return { ...board, recorded: board.recorded + 1 };
}

function nameOf({ candidate, seed }: { readonly candidate: number; readonly seed: number }): string {
  return `${candidate} ${seed}`;
}
