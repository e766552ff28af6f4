import { createTheme, panelRows, plainText, rowWidth } from "@trainscope/tui/parts";
import { compose, expectTidy, NO_KEY } from "@trainscope/tui/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SweepEvent, SweepEventBody } from "../events.ts";
import { halfway, SECOND, sweepStart, told } from "../testing/sweep.ts";
import { addToBoard, type BoardRequest } from "./add-event.ts";
import { type Board, newBoard } from "./board.ts";
import { boardCommandsOf } from "./keys.ts";
import { boardLayoutFor } from "./layout.ts";
import { boardPanels } from "./panels.ts";
import { boardScene } from "./scene.ts";
import { plannedEpochs, progressOf } from "./time-left.ts";
import { type BoardView, FIRST_VIEW, shownOf } from "./view.ts";
import { reduceBoardView } from "./view-reducer.ts";

const PLAIN = createTheme({ color: false, ascii: false });

function boardOf(events: readonly Parameters<typeof addToBoard>[1][]): Board {
  return events.reduce(addToBoard, newBoard());
}

const board = boardOf(halfway());
const NOW = (halfway().at(-1)?.time ?? 0) + 12 * SECOND;

function typed(keys: string, on: Board = board, view: BoardView = FIRST_VIEW): BoardView {
  let now = view;
  for (const key of keys) {
    const stroke =
      key === "\n" ? { ...NO_KEY, return: true } : key === "\u001b" ? { ...NO_KEY, escape: true } : NO_KEY;
    const commands = boardCommandsOf(key === "\n" || key === "\u001b" ? "" : key, stroke, now.typing);
    for (const command of commands) now = reduceBoardView(now, command, on, 3).view;
  }
  return now;
}

function screenOf(view: BoardView, columns: number, rows: number, of: Board = board): string {
  const panels = boardPanels(boardScene(of, view, NOW, PLAIN), columns, rows);
  const placed = panels.map((panel) => ({
    rect: panel.rect,
    layer: panel.layer ?? 0,
    rows: panelRows(panel, PLAIN),
  }));
  return compose(placed, columns, rows)
    .map((row) => plainText(row).trimEnd())
    .join("\n");
}

describe("the screen of a sweep", () => {
  it.each([
    ["80x24", 80, 24, ""],
    ["60x18", 60, 18, "v"],
    ["160x48", 160, 48, "jp"],
    ["help-80x24", 80, 24, "?"],
  ])("is the golden one: %s", async (name, columns, rows, keys) => {
    await expect(`${screenOf(typed(keys), columns, rows)}\n`).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it("keeps within any terminal from 60 x 18 to 200 x 60, whatever is typed", () => {
    const one = { space: { batchSize: { kind: "choice", values: [10, 20] } } } as const;
    const worlds = [board, newBoard(), boardOf(told([sweepStart(one, 16)])), boardOf(halfway().slice(0, 9))];
    fc.assert(
      fc.property(
        fc.constantFrom(...worlds),
        fc.integer({ min: 60, max: 200 }),
        fc.integer({ min: 18, max: 60 }),
        fc.array(fc.constantFrom(..."mMvpsSjjkk/5?q\n\u001b"), { maxLength: 25 }),
        fc.constantFrom("none", "16", "truecolor"),
        fc.boolean(),
        (world, columns, rows, keys, color, ascii) => {
          const theme = createTheme({ color, ascii });
          const scene = boardScene(world, typed(keys.join(""), world), NOW, theme);
          const panels = boardPanels(scene, columns, rows);
          const flat = panels.filter(({ layer = 0 }) => layer === 0);
          expectTidy(
            flat.map(({ rect }) => rect),
            { left: 0, top: 0, width: columns, height: rows },
          );
          for (const panel of panels) {
            const drawn = panelRows(panel, theme);
            expect(drawn).toHaveLength(panel.rect.height);
            for (const row of drawn) expect(rowWidth(row)).toBe(panel.rect.width);
          }
        },
      ),
      { numRuns: 60, seed: 1 },
    );
    expect(boardLayoutFor(59, 18, 2)).toBeUndefined();
    expect(screenOf(FIRST_VIEW, 50, 10)).toContain("terminal too small");
  });
});

describe("the board", () => {
  const ranked = (view: BoardView = FIRST_VIEW, of: Board = board) =>
    shownOf(of, view).rows.map(({ candidate }) => candidate);

  it("ranks as the table at the end does: what diverged behind, what has no figure yet last", () => {
    expect(ranked()).toEqual([4, 3, 0, 2, 1, 5, 6]);
    // Trained longer stands before better.
    const longer = addToBoard(boardOf(halfway()), {
      v: 1,
      seq: 99,
      time: NOW,
      type: "candidate:end",
      candidate: 2,
      point: {},
      epochs: 8,
      values: { 0: 0.3, 1: 0.3 },
      lost: [],
      mean: 0.3,
      deviation: 0,
      best: true,
    });
    expect(ranked(FIRST_VIEW, longer)[0]).toBe(2);
  });

  it("knows what each lane trains and since when", () => {
    const { lanes } = boardOf(halfway());
    expect(lanes.map(({ trial }) => trial && [trial.candidate, trial.seed, trial.epoch])).toEqual([
      [6, 0, 0],
      [5, 1, 3],
    ]);
    expect(lanes[0]?.since).toBe(halfway().at(-1)?.time);
    expect(boardOf(halfway().slice(0, 7)).lanes.map(({ trial }) => trial)).toEqual([undefined, undefined]);
  });

  it("keeps what is known where the sweep is gone on with, and nothing where it is told anew", () => {
    const [first, ...rest] = halfway();
    const resumed = { ...(first as SweepEvent), seq: 99, time: NOW };
    const goesOn = boardOf([...halfway(), resumed]);
    expect(ranked(FIRST_VIEW, goesOn)).toEqual(ranked());
    expect(goesOn.counts).toEqual(board.counts);
    // What the start before had begun has nobody any more.
    expect(goesOn.lanes.map(({ trial }) => trial)).toEqual([undefined, undefined]);
    expect([...goesOn.candidates.values()].flatMap(({ running }) => [...running])).toEqual([]);
    expect(goesOn).toMatchObject({ phase: "running", startedAt: NOW, fresh: 0 });
    const anew = boardOf([...halfway(), first as SweepEvent, ...rest.slice(0, 2)]);
    expect(anew.candidates.size).toBe(1);
  });

  it("counts settings by what the sweep was edited to, and says what that was", () => {
    const [start] = halfway() as [SweepEvent & { type: "sweep:start" }];
    const { definition } = start;
    const edit = { type: "sweep:edit", definition: { ...definition, budget: 77 }, planned: 77 } as const;
    const screen = screenOf(FIRST_VIEW, 120, 30, boardOf([...halfway(), ...told([edit])]));
    expect(screen).toContain("/77 settings");
    expect(screen).toContain(`edited: budget ${definition.budget}, now 77`);
  });

  it("counts what was lost, and what another worker went on with", () => {
    const name = { candidate: 0, point: { learningRate: 0.01 }, seed: 0, epochs: 4 };
    const events = told([
      sweepStart({}, 0),
      { type: "trial:start", ...name, lane: 1, worker: "one" },
      { type: "trial:start", ...name, lane: 2, worker: "two" },
      { type: "trial:lost", ...name, message: "given up" },
    ]);
    const lost = boardOf(events);
    expect(lost.counts).toMatchObject({ lost: 1, retried: 1 });
    expect(lost.lanes.map(({ trial }) => trial)).toEqual([undefined, undefined]);
    expect(lost.candidates.get(0)?.running.size).toBe(0);
    const screen = screenOf(FIRST_VIEW, 120, 30, lost);
    expect(screen).toContain("1 lost  ·  1 retried");
    expect(screen).toContain("lost: eta 0.01, seed 0: given up");
    // Nothing more is before it.
    expect(progressOf(lost, 9 * SECOND).share).toBe(1 / 20);
  });

  it("calls a setting lost where its training was given up, and diverged where it is known to have", () => {
    const stateWith = (values: Readonly<Record<number, number | null>>, lost: readonly number[]) => {
      const events = told([
        sweepStart(),
        ...(
          [0, 1].map((seed) => ({
            type: "trial:lost",
            candidate: 0,
            point: { learningRate: 0.01 },
            seed,
            epochs: 4,
            message: "",
          })) as SweepEventBody[]
        ).filter((_, seed) => lost.includes(seed)),
        {
          type: "candidate:end",
          candidate: 0,
          point: { learningRate: 0.01 },
          epochs: 4,
          best: false,
          values,
          lost,
          mean: null,
          deviation: null,
        },
      ]);
      return screenOf(FIRST_VIEW, 160, 30, boardOf(events));
    };
    const lost = stateWith({ 0: 0.3, 1: null }, [1]);
    expect(lost).toMatch(/1 +0\.01 +lost .*lost/);
    expect(lost).toContain("seed 0: 30.00 %, seed 1: lost");
    expect(lost).not.toContain("diverged");
    expect(stateWith({ 0: null, 1: null }, [1])).toContain("seed 0: diverged, seed 1: lost");
    expect(stateWith({ 0: null, 1: null }, [1])).toMatch(/1 +0\.01 +diverged /);
  });

  it("counts a training that a worker found in its store as no longer running, and one without a start as none", () => {
    const name = { candidate: 0, point: { learningRate: 0.01 }, seed: 0, epochs: 4 };
    const end = { reason: "completed", value: 0.3, curve: [0.3], reused: true, milliseconds: 0 } as const;
    const found = boardOf(
      told([
        sweepStart({}, 0),
        { type: "trial:start", ...name, lane: 1, worker: "one" },
        { type: "trial:end", ...name, ...end },
      ]),
    );
    expect(found.candidates.get(0)?.running.size).toBe(0);
    const unseen = told([
      sweepStart({}, 0),
      { type: "trial:end", ...name, ...end, reused: false },
      { type: "trial:start", ...name, seed: 1, lane: 1, worker: "one" },
    ]);
    expect(boardOf(unseen).candidates.get(0)?.running.size).toBe(1);
    expect(screenOf(FIRST_VIEW, 120, 30, boardOf(unseen))).toContain("running");
  });

  it("tells the time left by the pace of what was trained, and not of what was found", () => {
    const start = sweepStart({ budget: 10, seeds: 1 });
    const point = { learningRate: 0.01 };
    const name = { candidate: 0, point, seed: 0, epochs: 4 };
    const found = { type: "trial:end", ...name, reason: "completed", value: 0.3, curve: [] } as const;
    const before = boardOf(told([start, { ...found, reused: true, milliseconds: 9 }]));
    expect(progressOf(before, 5 * SECOND)).toEqual({ share: 0.1, left: undefined });
    const next = { ...name, candidate: 1 };
    const epoch = { type: "trial:epoch", candidate: 1, seed: 0, value: 0.1 } as const;
    const events = told([
      start,
      { ...found, reused: true, milliseconds: 9 },
      { type: "trial:start", ...next, lane: 1 },
      ...[1, 2].map((at) => ({ ...epoch, epoch: at })),
    ] as Parameters<typeof told>[0]);
    // 2 of 40 epochs in 8 s, 34 are left.
    expect(progressOf(boardOf(events), 8 * SECOND)).toEqual({ share: 6 / 40, left: 34 * 4 * SECOND });
  });

  it("plans of halving what its rungs come to", () => {
    const changes = { strategy: "halving", budget: 9, seeds: 1, settings: { epochs: 9 } } as const;
    const start = sweepStart({ ...changes, leastEpochs: 1, reduction: 3 });
    if (start.type !== "sweep:start") expect.unreachable();
    // Nine train 1 epoch, three of them 2 more, one of those 6 more.
    expect(plannedEpochs(start.definition, 9)).toBe(9 + 3 * 2 + 6);
    expect(plannedEpochs(start.definition, null)).toBeUndefined();
  });
});

it("a sweep that is started anew while it is watched begins anew, as it tells all of itself once more", () => {
  const again = halfway().reduce(addToBoard, halfway().reduce(addToBoard, newBoard(true)));
  expect(again).toEqual(halfway().reduce(addToBoard, newBoard(true)));
});

describe("keys", () => {
  const rows = (view: BoardView) => shownOf(board, view).rows.map(({ candidate }) => candidate);

  it("filter by words, settings and states; Esc shows all again", () => {
    expect(rows(typed("/batch=50\n"))).toEqual([3, 0, 6]);
    expect(rows(typed("/running"))).toEqual([5, 6]);
    expect(rows(typed("/running\u001b"))).toHaveLength(7);
  });

  it("pin: what is pinned stays, whatever the filter", () => {
    expect(rows(typed("p/batch=50\n"))).toEqual([4, 3, 0, 6]);
    expect(typed("pp").pinned.size).toBe(0);
  });

  it("sort by a setting as the number that it is, and the other way round", () => {
    const rates = (view: BoardView) => shownOf(board, view).rows.map(({ point }) => point.learningRate);
    const batches = shownOf(board, typed("ss")).settings;
    expect(batches).toEqual(["eta", "batch"]);
    expect(rates(typed("s"))).toEqual([0.0003, 0.0012, 0.004, 0.01, 0.02, 0.05, 0.09]);
    expect(rates(typed("sS"))).toEqual(rates(typed("s")).toReversed());
  });

  it("leave after a second q; any other key takes the first back, and leaves the filter as it is", () => {
    const effectOf = (keys: string, last: string) => {
      const [command] = boardCommandsOf(last, NO_KEY, false);
      return reduceBoardView(typed(keys), command ?? expect.unreachable(), board, 3).effect;
    };
    expect([effectOf("", "q"), effectOf("q", "q"), effectOf("qj", "q")]).toEqual([
      undefined,
      "quit",
      undefined,
    ]);
    expect(typed("/eta\nq\u001b").filter).toBe("eta");
    expect(effectOf("", "x")).toBe("stop");
    const stopping = addToBoard(board, { type: "request:stop" } satisfies BoardRequest);
    expect(reduceBoardView(FIRST_VIEW, { kind: "interrupt" }, board, 3).effect).toBe("stop");
    expect(reduceBoardView(FIRST_VIEW, { kind: "interrupt" }, stopping, 3).effect).toBe("quit");
  });

  it("of one that is watched stop nothing, and leave at once", () => {
    const watched = halfway().reduce(addToBoard, newBoard(true));
    const effectOf = (kind: "interrupt" | "stop" | "quit") =>
      reduceBoardView(FIRST_VIEW, { kind }, watched, 3).effect;
    expect([effectOf("stop"), effectOf("quit"), effectOf("interrupt")]).toEqual([undefined, "quit", "quit"]);
    expect(screenOf(FIRST_VIEW, 120, 40, watched)).not.toContain("stop, to go on later");
  });
});
