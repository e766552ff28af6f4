// The whole screen of a study: every panel at its place.

import { Panel } from "@trainscope/tui/components";
import type { LogLine } from "@trainscope/tui/parts";
import { COLORS, indented, innerSize, logRows, type Rect, run, type Theme } from "@trainscope/tui/parts";
import { Box } from "ink";
import { memo, type ReactNode, useMemo } from "react";
import { type StudyLayout, studyLayoutFor } from "../layout.ts";
import type { StudyView } from "../model/keys.ts";
import type { StudyState } from "../model/state.ts";
import { type CurvesView, curvesRows } from "../panels/curves.ts";
import { finishedHeading, finishedRows, visibleTrials } from "../panels/finished.ts";
import { STUDY_HELP } from "../panels/help.ts";
import { studyHintsRow } from "../panels/hints.ts";
import { overallRow } from "../panels/overall.ts";
import { readable } from "../panels/readable.ts";
import { runningRows } from "../panels/running.ts";
import { smallStudyRows } from "../panels/small.ts";
import { stageLine, stagesRows } from "../panels/stages.ts";
import { studyTitleRow } from "../panels/title.ts";
import { HelpPanel } from "./help-panel.tsx";

export interface StudyScreenProps {
  readonly state: StudyState;
  /** The present by the clock of the events. */
  readonly clock: number | undefined;
  readonly view: StudyView;
  readonly columns: number;
  readonly rows: number;
  readonly theme: Theme;
}

/** As the study says how much there is to show; before it has, as most studies will. */
export function layoutOf(
  { start }: Pick<StudyState, "start">,
  columns: number,
  rows: number,
): StudyLayout | undefined {
  return studyLayoutFor(columns, rows, { stages: start?.stages.length ?? 4, jobs: start?.jobs ?? 2 });
}

/** Trials that the table has room for. */
export function tableRoom(layout: StudyLayout | undefined): number {
  if (layout === undefined) return 1;
  const { height } = layout.finished;
  return visibleTrials(layout.framed ? innerSize(0, height)[1] : height - 1);
}

/** Exactly the terminal's size, or a message that it is too small. */
export function StudyScreen(props: StudyScreenProps): ReactNode {
  const { state, view, columns, rows, theme } = props;
  const { start } = state;
  const layout = useMemo(() => layoutOf({ start }, columns, rows), [start, columns, rows]);
  return (
    <Box width={columns} height={rows} flexShrink={0}>
      {layout ? (
        <>
          <Lists {...props} layout={layout} />
          <ChartPanel
            curves={state.curves}
            palette={state.palette}
            recorded={state.recorded}
            stage={readable(state.stages.find(({ name }) => name === state.charted)?.title ?? "", theme)}
            rect={layout.chart}
            framed={layout.framed}
            theme={theme}
          />
          <Edges {...props} layout={layout} />
          {view.help && <HelpPanel help={STUDY_HELP} columns={columns} rows={rows} theme={theme} />}
        </>
      ) : (
        <Panel
          name="Screen"
          rect={{ left: 0, top: 0, width: columns, height: rows }}
          theme={theme}
          draw={() => smallStudyRows(state, columns, rows, theme)}
        />
      )}
    </Box>
  );
}

interface PlacedProps extends StudyScreenProps {
  readonly layout: StudyLayout;
}

/** Stages, running trials and finished ones. */
function Lists({ state, clock, view, layout, theme }: PlacedProps): ReactNode {
  const { framed, stages, running, finished } = layout;
  const common = { theme, framed, attempt: state.recorded };
  const panel = stages.height > 1;
  const room = tableRoom(layout);
  return (
    <>
      <Panel
        {...common}
        name="Stages"
        rect={panel ? stages : indented(stages)}
        framed={panel}
        heading={panel ? () => ({ title: "Stages" }) : undefined}
        draw={(width, height) =>
          panel ? stagesRows(state, clock, width, height, theme) : [stageLine(state, width, theme)]
        }
      />
      <Panel
        {...common}
        name="Running"
        rect={framed ? running : indented(running)}
        heading={framed ? () => ({ title: "Running" }) : undefined}
        draw={(width, height) => runningRows(state, width, height, theme)}
      />
      <Panel
        {...common}
        name="Finished trials"
        rect={finished}
        heading={() => finishedHeading(state, view.bottom, room, theme)}
        draw={(width, height) =>
          framed
            ? finishedRows(state, view.bottom, width, height, theme)
            : finishedRows(state, view.bottom, width - 1, height, theme).map((row) => [run(" "), ...row])
        }
      />
    </>
  );
}

interface ChartPanelProps extends CurvesView {
  /** The curves grow in place: this is what tells that there is something new. */
  readonly recorded: number;
  /** Whose trials they are. */
  readonly stage: string;
  readonly rect: Rect;
  readonly framed: boolean;
  readonly theme: Theme;
}

/** Between two epochs nothing in it changes, so it isn't drawn again. */
const ChartPanel = memo(function ChartPanel(props: ChartPanelProps): ReactNode {
  const { curves, palette, recorded, stage, rect, framed, theme } = props;
  return (
    <Panel
      name="Validation accuracy"
      rect={rect}
      theme={theme}
      framed={framed}
      attempt={recorded}
      heading={() => ({ title: "Validation accuracy", legends: stage === "" ? [] : [[run(stage)]] })}
      draw={(width, height) => curvesRows({ curves, palette }, width, height, theme)}
    />
  );
});

/** The title and the bar above, log and keys below. */
function Edges({ state, clock, view, layout, theme }: PlacedProps): ReactNode {
  const { title, overall, log, hints } = layout;
  const framed = layout.framed && log.height >= 4;
  const problems = state.problems === 1 ? "1 problem" : `${state.problems} problems`;
  const legends = state.problems > 0 ? [[run(problems, { color: COLORS.caution })]] : [];
  const common = { theme, attempt: state.recorded };
  return (
    <>
      <Panel {...common} name="Title" rect={title} draw={(width) => [studyTitleRow(state, width, theme)]} />
      <Panel
        {...common}
        name="Progress"
        rect={indented(overall)}
        draw={(width) => [overallRow(state, clock, width, theme)]}
      />
      <Panel
        {...common}
        name="Log"
        rect={framed ? log : indented(log)}
        framed={framed}
        heading={framed ? () => ({ title: "Log", legends }) : undefined}
        draw={(_, height) => logRows(readableLog(state, height, theme), height, theme)}
      />
      <Panel
        {...common}
        name="Keys"
        rect={hints}
        draw={(width) => [studyHintsRow(state, view, width, theme)]}
      />
    </>
  );
}

/** Its newest lines, of which no more than `height` will be shown. */
function readableLog({ log }: StudyState, height: number, theme: Theme): readonly LogLine[] {
  return log.slice(-Math.max(1, height)).map((line) => ({ ...line, text: readable(line.text, theme) }));
}
