// The help: every key, and how to read what is shown.

import type { Source } from "@trainscope/core/source";
import { plotSigns } from "../chart/signs.ts";
import { alignLeft, fitRow, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme, validationLine } from "../text/theme.ts";
import { wrap } from "../text/wrap.ts";

/** A help that lies over a screen: its size in cells, its frame included. */
export interface Help {
  readonly width: number;
  readonly height: number;
  rows(theme: Theme): readonly Row[];
}

export interface HelpSection {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** Columns that the widest of its rows may take; there are 58 on the smallest screen. */
const HELP_WIDTH = 56;
const KEY_WIDTH = 12;

/** What belongs together, in the order that a new reader wants it. */
function helpSections(theme: Theme, source: Source): readonly HelpSection[] {
  return [
    runSection(source),
    {
      title: "The screen",
      rows: keyRows([
        ["1 to 8", "a tab; Tab and Shift-Tab go round"],
        [`${theme.glyphs.up} ${theme.glyphs.down}`, "scroll; PgUp, PgDn by a page, Home, End"],
        ["v", "a picture of this screen, as a file"],
        ["?, h", "this help, and back; so does Esc"],
        ["mouse", "click on a tab, a chart or an answer; the wheel scrolls, or zooms charts"],
      ]),
    },
    {
      title: "Charts (Overview and Metrics)",
      rows: keyRows([
        ["l", "axis: as each metric asks for, log, or linear"],
        ["m", "smoothing: none, 0.6 or 0.9; the values stay behind it, faint"],
        ["+ -", "zoom; 0 shows the whole run"],
        ["i, Enter", "crosshair: reads the values of an epoch"],
        ["left, right", "move the crosshair, or else what is shown; with Shift ten times as far"],
      ]),
    },
    { title: "How to read it", rows: readingRows(theme) },
  ];
}

/** What can be done with the run where it is shown. */
function runSection(source: Source): HelpSection {
  const leave = [["q, Ctrl-C", "leave; the run isn't touched"]] as const;
  if (source.kind === "replay") {
    return {
      title: "The replay",
      rows: keyRows([
        ["space, p", "play, or pause"],
        ["[ ]", "to the end of the epoch before, or of the next"],
        ["{ }", "the same, ten at a time"],
        ["< >", "slower, faster"],
        ["g", "to the end of the epoch that is typed"],
        ["f", "fork: a new run from here, with other settings"],
        ...leave,
      ]),
    };
  }
  if (source.kind === "watched" || (source.kind === "attached" && !source.mayControl)) {
    return { title: "The run", rows: keyRows(leave) };
  }
  const isHere = source.kind === "training";
  return {
    title: "The run",
    rows: keyRows([
      ["space, p", "pause, or go on"],
      ["s", "train one epoch, then pause"],
      ["b", "train one batch, then pause"],
      ["e", "change learning rate, L2 penalty, batch size or epochs, from the next batch on"],
      ["u", "undo the last of these changes, then the one before, and so on"],
      ["c", "save a checkpoint now"],
      ["o", "write the pictures now"],
      ...(isHere ? ([["f", "fork: a new run from here, with other settings"]] as const) : []),
      ...(isHere
        ? ([
            ["x, q", "stop: and save, or at once; asks first"],
            ["Ctrl-C", "stop and save; once more leaves now"],
          ] as const)
        : ([["x", "stop the run: asks first"], ...leave] as const)),
    ]),
  };
}

function keyRows(keys: readonly (readonly [string, string])[]): readonly Row[] {
  return keys.flatMap(([key, does]) =>
    wrap(does, HELP_WIDTH - KEY_WIDTH).map((line, index) => [
      run(alignLeft(index === 0 ? key : "", KEY_WIDTH), { bold: true }),
      run(line),
    ]),
  );
}

function readingRows(theme: Theme): readonly Row[] {
  const { glyphs } = theme;
  const signs = plotSigns(theme.ascii);
  const worse = theme.color ? `${glyphs.up}${glyphs.down}` : glyphs.worse;
  return [
    [
      run(glyphs.trainLine, { color: COLORS.train }),
      run(" train   "),
      run(validationLine(theme), { color: COLORS.validation }),
      run(" validation   "),
      run(signs.dotted.repeat(2), { dim: true }),
      run(" chance: what guessing reaches"),
    ],
    ...keyRows([
      [signs.best, "the best epoch, on validation where there is one"],
      [
        `${glyphs.eta.charAt(0)} ${glyphs.lambda.charAt(0)} b n`,
        "learning rate, L2 penalty, batch size, number of epochs changed here; + several",
      ],
      [signs.gap, "an epoch without a value"],
      [signs.crossing, "the values that the crosshair reads"],
    ]),
    [
      run(glyphs.star, { color: COLORS.good }),
      run(" in a table: the best so far   "),
      run(`${glyphs.up}${glyphs.down}`, { color: COLORS.good }),
      run(" better   "),
      run(worse, { color: COLORS.caution }),
      run(" worse"),
    ],
    [run(glyphs.warning, { color: COLORS.caution }), run(" problems so far; the log names them")],
    [run("Metrics' last pages: matrices, curves, bars by class.", { dim: true })],
    [run("Train loss far below validation: overfitting.", { dim: true })],
    [run("A loss that jumps: the learning rate is too high.", { dim: true })],
  ];
}

/** All sections in as many columns as there is room for, each under its title. */
export function helpRows(width: number, theme: Theme, source: Source): readonly Row[] {
  const sections = helpSections(theme, source).map(({ title, rows }): readonly Row[] => [
    [run(title, { bold: true, color: COLORS.brand })],
    ...rows,
    [],
  ]);
  if (width < 2 * (HELP_WIDTH + 1)) return sections.flat();
  const left = sections.slice(0, 2).flat();
  const right = sections.slice(2).flat();
  const column = Math.floor(width / 2);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [
    ...fitRow(left[index] ?? [], column),
    ...(right[index] ?? []),
  ]);
}
