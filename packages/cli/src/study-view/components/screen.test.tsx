import { createTheme, type Theme } from "@trainscope/tui/parts";
import { displayWidth } from "@trainscope/tui/text";
import fc from "fast-check";
import { Text } from "ink";
import { render } from "ink-testing-library";
import { afterEach, describe, expect, it } from "vitest";
import { addToStudy } from "../model/add-event.ts";
import { FIRST_VIEW, type StudyView } from "../model/keys.ts";
import { initialStudyState, type StudyState } from "../model/state.ts";
import {
  at,
  BEGINNING,
  midway,
  recordOf,
  STAGES,
  stateAfter,
  studyStart,
  trialEnd,
  trialOf,
} from "../testing/study.ts";
import { StudyScreen } from "./screen.tsx";

const PLAIN = createTheme({ color: false, ascii: false });

let unmount: (() => void) | undefined;

afterEach(() => {
  unmount?.();
  unmount = undefined;
});

interface Look {
  readonly view?: Partial<StudyView>;
  readonly theme?: Theme;
}

/** The screen as lines of text, on a terminal of the size. */
function draw(state: StudyState, columns: number, rows: number, { view, theme = PLAIN }: Look = {}): string[] {
  unmount?.();
  const app = render(<Text />);
  unmount = app.unmount;
  Object.defineProperty(app.stdout, "columns", { value: columns });
  const props = { state, clock: state.time, columns, rows, theme };
  app.rerender(<StudyScreen {...props} view={{ ...FIRST_VIEW, ...view }} />);
  return (app.lastFrame() ?? "").split("\n");
}

function expectToFit(lines: readonly string[], columns: number, rows: number): void {
  expect(lines.length).toBeLessThanOrEqual(rows);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
}

/** Forty variants done, the later the better, the last ten from before. */
function late(): StudyState {
  const ends = Array.from({ length: 40 }, (_, index) =>
    trialEnd(trialOf(index, "improvements"), 60_000, 0.3 + index / 1000, index >= 30),
  );
  return stateAfter([...BEGINNING, at(50_000, { type: "stage:start", stage: "improvements" }), ...ends]);
}

const HOSTILE = "飛行機\n\u001b[2J🚀 ".repeat(20);
const hostile = stateAfter([
  at(
    0,
    studyStart(
      STAGES.map((stage) => ({ ...stage, title: HOSTILE, steps: 100_000 })),
      HOSTILE,
    ),
  ),
  at(0, { type: "stage:start", stage: "settings" }),
  at(0, { type: "trial:start", trial: trialOf(0, "settings", HOSTILE) }),
  trialEnd(trialOf(1, "settings", HOSTILE), 1, null),
  at(1, { type: "stage:start", stage: "figures" }),
  at(2, { type: "stage:progress", stage: "figures", done: 3, steps: 9, text: HOSTILE }),
]);

const STATES: readonly (readonly [string, StudyState])[] = [
  ["before the first event", initialStudyState()],
  ["in the gradient check", stateAfter(BEGINNING.slice(0, 3))],
  ["in the middle of the settings", midway()],
  ["after many trials", late()],
  ["with wide and hostile names", hostile],
];

const SIZES = [
  [60, 18],
  [80, 24],
  [120, 40],
  [200, 60],
  [59, 18],
  [20, 5],
] as const;

describe.each(STATES)("StudyScreen %s", (_, state) => {
  it.each(SIZES)("fits a terminal of %i x %i", (columns, rows) => {
    expectToFit(draw(state, columns, rows), columns, rows);
    expectToFit(draw(state, columns, rows, { view: { help: true } }), columns, rows);
  });
});

describe("StudyScreen", () => {
  it("fits a terminal of any size", () => {
    const state = midway();
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 220 }), fc.integer({ min: 5, max: 70 }), (columns, rows) => {
        expectToFit(draw(state, columns, rows), columns, rows);
      }),
      { numRuns: 25 },
    );
  });

  it.each(SIZES.slice(0, 4))("has everything essential at %i x %i", (columns, rows) => {
    const screen = draw(midway(), columns, rows).join("\n");
    for (const part of [
      "trainscope report",
      "CIFAR-10 (data_batch_1)",
      "running",
      "36%",
      " left",
      "so far",
      "Four settings",
      "2/4",
      "12/40",
      "λ = 0.1, η = 0.001",
      "a λ = 0, η = 0.1",
      "38.50 %",
      "★ b λ = 0, η = 0.001",
      "x stop",
      "? help",
    ]) {
      expect(screen).toContain(part);
    }
    expect(screen).toMatch(/[\u2801-\u28ff]/);
  });

  it("draws the curve of each trial with its letter at its end, and the titles below", () => {
    const lines = draw(midway(), 80, 24);
    const chart = lines.slice(3, 12).map((line) => line.slice(28));
    for (const letter of ["a", "b", "c", "d"]) {
      expect(chart.join("\n")).toMatch(new RegExp(`[\\u2801-\\u28ff] *${letter}`));
    }
    expect(chart.join("\n")).toContain("c λ = 0.1, η = 0.001");
  });

  it("keeps letters for the best trials, and counts the others", () => {
    const screen = draw(late(), 200, 60).join("\n");
    expect(screen).toContain("★ d Variant 39");
    expect(screen).toContain("34 more");
    expect(screen).not.toMatch(/[a-f] Variant 33 /);
  });

  it("shows the newest of a long table, and another part when it is scrolled", () => {
    const newest = draw(late(), 80, 24).join("\n");
    expect(newest).toContain("Variant 39");
    expect(newest).toMatch(/\d+–40 of 40/);
    expect(newest).toContain("kept");
    const scrolled = draw(late(), 80, 24, { view: { bottom: 10 } }).join("\n");
    expect(scrolled).toContain("Variant 9 ");
    expect(scrolled).toMatch(/\d–10 of 40/);
    expect(scrolled).not.toContain("kept");
  });

  it("marks a trial that diverged, with the epochs that it got to", () => {
    const record = { ...recordOf(trialOf(0), null, "diverged"), epochs: [1, 2, 3] };
    const end = at(60_000, { type: "trial:end", trial: "settings-0", record, reused: false });
    expect(draw(stateAfter([...BEGINNING, end]), 80, 24).join("\n")).toMatch(/✗ a λ = 0, η = 0\.1 +- +3\/40/);
  });

  it("says what is being done while no trial runs", () => {
    expect(draw(stateAfter(BEGINNING.slice(0, 3)), 80, 24).join("\n")).toContain("20 inputs, 1 image");
  });

  it("says what a stop keeps, and asks before it quits", () => {
    const stopping = addToStudy(midway(), { type: "request:stop" });
    const screen = draw(stopping, 60, 18).join("\n");
    expect(screen).toContain("stopping…");
    expect(screen).toContain("Ctrl-C again leaves now");
    expect(draw(midway(), 80, 24, { view: { quitting: true } }).join("\n")).toContain("q again leaves");
  });

  it("says that a terminal is too small, what it needs, and still how far the study is", () => {
    const screen = draw(midway(), 50, 10).join("\n");
    expect(screen).toContain("terminal too small (50x10), needs 60x18");
    expect(screen).toContain("36% done");
    expect(screen).toContain("Four settings");
  });

  it("uses nothing but ASCII where the terminal has no more", () => {
    const theme = createTheme({ color: false, ascii: true });
    for (const [, state] of STATES) {
      for (const help of [false, true]) {
        const screen = draw(state, 120, 40, { theme, view: { help } }).join("\n");
        expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
      }
    }
    expect(draw(midway(), 120, 40, { theme }).join("\n")).toContain("lambda = 0.1, eta = 0.001");
  });

  it("has room for its whole help", () => {
    for (const theme of [PLAIN, createTheme({ color: false, ascii: true })]) {
      const help = draw(initialStudyState(), 60, 18, { theme, view: { help: true } }).slice(1, 17);
      expect(help.join("\n")).not.toMatch(/[…~]/);
      expect(help.join("\n")).toContain("while nobody knows");
    }
  });

  it("keeps a failing panel's message in its own frame while the others live on", () => {
    const state: StudyState = {
      ...midway(),
      get log(): StudyState["log"] {
        throw new Error("out of paper");
      },
    };
    const lines = draw(state, 120, 40);
    expectToFit(lines, 120, 40);
    expect(lines.join("\n")).toContain("Log: out of paper");
    expect(lines.join("\n")).toContain("λ = 0.1, η = 0.001");
  });
});
