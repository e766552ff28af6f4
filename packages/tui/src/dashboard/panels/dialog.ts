// What lies over the screen and waits for an answer: the stop dialog, and the one in which settings are typed.
import { formatSetting } from "../../text/format.ts";
import type { Rect } from "../layout.ts";
import { type DashboardState, settingNow } from "../model/state.ts";
import type { PanelSpec, Scene } from "../tabs/tab.ts";
import { alignLeft, type Row, run } from "../text/rows.ts";
import { wrap } from "../text/wrap.ts";
import { COLORS, type Theme } from "../theme.ts";
import type { Command, StopAnswer } from "../view/commands.ts";
import { rangeOf, SETTING_NAMES } from "../view/setting.ts";
import { CHANGEABLE, type SettingsDialog } from "../view/view.ts";

const WIDTH = 58;

/** The dialog that is open, in the middle of the screen. */
export function dialogPanel({ state, view, theme }: Scene, screen: Rect): PanelSpec | undefined {
  const { dialog } = view;
  if (dialog === undefined) return undefined;
  const depends = [view.dialog, state.asked, state.epoch, state.phase];
  const place = { layer: 1, framed: true, depends };
  if (dialog.kind === "stop") {
    return {
      ...place,
      name: "Stop",
      rect: centre(screen, 7),
      heading: () => ({ title: "Stop training?" }),
      draw: () => stopRows(state),
      click: (_, row) => stopAnswerAt(row),
    };
  }
  return {
    ...place,
    name: "Settings dialog",
    rect: centre(screen, 11),
    heading: () => ({ title: "Settings from the next batch on" }),
    draw: (width) => settingsDialogRows(dialog, state, width, theme),
    click: (_, row) => settingAt(row),
  };
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

const ANSWERS: readonly Answer[] = [
  { answer: "save", key: "s, Enter", name: "stop and save", means: "evaluate, write the pictures" },
  { answer: "now", key: "n, q", name: "stop now", means: "without saving anything" },
  { answer: "go on", key: "g, Esc", name: "go on", means: "as if nothing had been" },
];

/** Above the first answer. */
const ABOVE = 1;

function stopRows({ phase }: Pick<DashboardState, "phase">): readonly Row[] {
  const saving = phase === "finishing";
  const rows = ANSWERS.map(({ answer, key, name, means }): Row => {
    const now = saving && answer === "save";
    return [
      run(alignLeft(key, 10), { bold: true }),
      run(alignLeft(now ? "wait" : name, 15), { color: answer === "now" ? COLORS.caution : undefined }),
      run(now ? "it is being saved" : means, { dim: true }),
    ];
  });
  return [[], ...rows];
}

function stopAnswerAt(row: number): Command | undefined {
  const answer = ANSWERS[row - ABOVE]?.answer;
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
