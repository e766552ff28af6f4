// What lies over the screen and waits for an answer: the stop dialog, and those in which settings or an epoch are typed.

import { isOurProgram, type Source } from "@trainscope/core/source";
import { formatSetting } from "../../text/format.ts";
import { CHANGEABLE } from "../model/changeable.ts";
import { type DashboardState, settingNow } from "../model/state.ts";
import type { Rect } from "../text/layout.ts";
import { alignLeft, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";
import { wrap } from "../text/wrap.ts";
import type { Command, StopAnswer } from "../view/commands.ts";
import { epochRange } from "../view/epoch-dialog.ts";
import { rangeOf, SETTING_NAMES } from "../view/setting.ts";
import type { EpochDialog, SettingsDialog } from "../view/view.ts";
import type { PanelSpec } from "./panel-spec.ts";
import type { Scene } from "./scene.ts";

const WIDTH = 58;

/** The dialog that is open, in the middle of the screen. */
export function dialogPanel({ state, source, view, theme }: Scene, screen: Rect): PanelSpec | undefined {
  const { dialog } = view;
  if (dialog === undefined) return undefined;
  const depends = [view.dialog, source, state.asked, state.epoch, state.phase];
  const place = { layer: 1, framed: true, depends };
  if (dialog.kind === "stop") {
    return {
      ...place,
      name: "Stop",
      rect: centre(screen, 7),
      heading: () => ({ title: stopTitle(source) }),
      draw: () => stopRows(state, source),
      click: (_, row) => stopAnswerAt(row),
    };
  }
  if (dialog.kind === "epoch") {
    return {
      ...place,
      name: "Epoch dialog",
      rect: centre(screen, 5),
      heading: () => ({ title: "Go to the end of an epoch" }),
      draw: () => epochDialogRows(dialog, source, theme),
    };
  }
  const isFork = dialog.purpose === "fork";
  return {
    ...place,
    name: "Settings dialog",
    rect: centre(screen, isFork ? 14 : 11),
    heading: () => ({
      title: isFork ? "Fork: a new run with these settings" : "Settings from the next batch on",
    }),
    draw: (width) => [
      ...settingsDialogRows(dialog, state, width, theme),
      ...(isFork ? forkRows(source, width) : []),
    ],
    click: (_, row) => settingAt(row),
  };
}

/** What Enter will bring about. */
function forkRows(source: Source, width: number): readonly Row[] {
  const means = {
    training: "This run ends here with a checkpoint, and can be resumed; the new one goes on in its place.",
    replay: `The new run goes on from where this one stood ${placeOf(source)}.`,
    attached: "The new run starts from the newest checkpoint; this one goes on.",
    watched: "",
  };
  return [[], ...wrap(means[source.kind], width).map((line) => [run(line)])];
}

function placeOf(source: Source): string {
  return source.kind === "replay" && source.epoch > 0 ? `after epoch ${source.epoch}` : "after an epoch";
}

function epochDialogRows({ text, error }: EpochDialog, source: Source, { color }: Theme): readonly Row[] {
  const range = source.kind === "replay" ? `epoch: ${epochRange(source)}` : "";
  return [
    [run("epoch ", { dim: true }), run(text), run(color ? " " : "_", { inverse: true })],
    [],
    [error === undefined ? run(range, { dim: true }) : run(error, { color: COLORS.bad })],
  ];
}

function centre({ left, top, width, height }: Rect, rows: number): Rect {
  return {
    left: left + Math.floor((width - WIDTH) / 2),
    top: top + Math.floor((height - rows) / 2),
    width: WIDTH,
    height: rows,
  };
}

interface Answer {
  readonly answer: StopAnswer;
  readonly key: string;
  readonly name: string;
  readonly means: string;
}

function stopTitle(source: Source): string {
  if (isOurProgram(source)) return "Stop the program?";
  return source.kind === "training" ? "Stop training?" : "Stop the run?";
}

const SAVE: Answer = {
  answer: "save",
  key: "s, Enter",
  name: "stop and save",
  means: "evaluate, write the pictures",
};
const NOW: Answer = { answer: "now", key: "n, q", name: "stop now", means: "without saving anything" };
/** The same, where another process trains. */
const LEAVE: Answer = { answer: "now", key: "n, q", name: "leave", means: "this view; the run goes on" };
/** Of a program that was started here. */
const INTERRUPT: Answer = { answer: "save", key: "s, Enter", name: "stop it", means: "as Ctrl-C does" };
const IN_LINES: Answer = { answer: "now", key: "n, q", name: "let it go on", means: "in lines, to its end" };
const GO_ON: Answer = { answer: "go on", key: "g, Esc", name: "go on", means: "as if nothing had been" };

/** Above the first answer. */
const ABOVE = 1;

/** In the order in which they stand. */
const ANSWERS: readonly StopAnswer[] = [SAVE, NOW, GO_ON].map(({ answer }) => answer);

function stopRows({ phase }: Pick<DashboardState, "phase">, source: Source): readonly Row[] {
  const isOurs = isOurProgram(source);
  const saving = phase === "finishing" && !isOurs;
  const isHere = source.kind === "training";
  const answers = isOurs ? [INTERRUPT, IN_LINES, GO_ON] : [SAVE, isHere ? NOW : LEAVE, GO_ON];
  const rows = answers.map(({ answer, key, name, means }): Row => {
    const now = saving && answer === "save";
    return [
      run(alignLeft(key, 10), { bold: true }),
      run(alignLeft(now ? "wait" : name, 15), {
        color: answer === "now" && isHere ? COLORS.caution : undefined,
      }),
      run(now ? "it is being saved" : means, { dim: true }),
    ];
  });
  return [[], ...rows];
}

function stopAnswerAt(row: number): Command | undefined {
  const answer = ANSWERS[row - ABOVE];
  return answer && { kind: "answer", answer };
}

function settingsDialogRows(
  { field, texts, error }: SettingsDialog,
  state: DashboardState,
  width: number,
  { glyphs, color }: Theme,
): readonly Row[] {
  const fields = CHANGEABLE.map((setting): Row => {
    const active = setting === field;
    const now = settingNow(state, setting);
    const text = texts[setting] ?? "";
    const present = now === undefined ? "" : formatSetting(now);
    return [
      run(active ? `${glyphs.arrow} `.padEnd(3) : "   ", { color: COLORS.brand }),
      run(alignLeft(SETTING_NAMES[setting], 15), { bold: active }),
      run(alignLeft(present, 12), { dim: true }),
      ...(active ? [run(text), run(color ? " " : "_", { inverse: true })] : [run(text)]),
    ];
  });
  const below: readonly Row[] =
    error === undefined
      ? [[run(`${SETTING_NAMES[field]}: ${rangeOf(field, state)}`, { dim: true })]]
      : wrap(error, width).map((line) => [run(line, { color: COLORS.bad })]);
  return [
    [run(alignLeft("", 18)), run(alignLeft("now", 12), { dim: true }), run("new", { dim: true })],
    ...fields,
    [],
    ...below,
  ];
}

function settingAt(row: number): Command | undefined {
  const field = CHANGEABLE[row - ABOVE];
  return field && { kind: "edit", field };
}
