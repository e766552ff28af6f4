// The whole screen: every panel at its place. The place for more panels, or for tabs of them, is here.
import { Box } from "ink";
import { type ReactNode, useMemo } from "react";
import type { Formats } from "../../text/format-metric.ts";
import { indented, type Layout, layoutFor } from "../layout.ts";
import type { Overlay } from "../model/keys.ts";
import { chartedMetrics, groupMetrics } from "../model/metrics.ts";
import type { DashboardState } from "../model/state.ts";
import { RUN_HELP } from "../panels/help.ts";
import { hintsRow } from "../panels/hints.ts";
import { logRows } from "../panels/log.ts";
import { metricsRows } from "../panels/metrics.ts";
import { progressRows } from "../panels/progress.ts";
import { settingsLine, settingsRowCount, settingsRows } from "../panels/settings.ts";
import { smallRows } from "../panels/small.ts";
import { titleRow } from "../panels/title.ts";
import { centred, type Row, run } from "../text/rows.ts";
import { COLORS, type Theme } from "../theme.ts";
import { ChartPanel } from "./chart-panel.tsx";
import { HelpPanel } from "./help-panel.tsx";
import { Panel } from "./panel.tsx";

export interface ScreenProps {
  readonly state: DashboardState;
  /** The present by the clock of the events. */
  readonly clock: number | undefined;
  readonly overlay: Overlay;
  readonly columns: number;
  readonly rows: number;
  readonly formats: Formats;
  readonly theme: Theme;
}

/** Exactly the terminal's size, or a message that it is too small. */
export function Screen(props: ScreenProps): ReactNode {
  const { state, overlay, columns, rows, formats, theme } = props;
  const groups = useMemo(() => groupMetrics(state.run?.metrics ?? []), [state.run]);
  const charted = useMemo(() => chartedMetrics(groups), [groups]);
  const layout = useMemo(() => {
    const settings = settingsRowCount(state.run);
    return layoutFor(columns, rows, { charts: Math.max(2, charted.length), metrics: groups.length, settings });
  }, [columns, rows, charted, groups, state.run]);
  return (
    <Box width={columns} height={rows} flexShrink={0}>
      {layout ? (
        <>
          <Charts {...props} layout={layout} charted={charted} />
          <Numbers {...props} layout={layout} />
          <Edges {...props} layout={layout} />
          {overlay.help && <HelpPanel help={RUN_HELP} columns={columns} rows={rows} theme={theme} />}
        </>
      ) : (
        <Panel
          name="Screen"
          rect={{ left: 0, top: 0, width: columns, height: rows }}
          theme={theme}
          draw={() => smallRows(state, formats, columns, rows)}
        />
      )}
    </Box>
  );
}

interface PlacedProps extends ScreenProps {
  readonly layout: Layout;
}

const WAITING = ["Loss", "Accuracy"];

function waiting(width: number, height: number): readonly Row[] {
  return centred("warming up", width, height);
}

/** The charts; before the run has said which metrics it has, empty frames. */
function Charts(props: PlacedProps & { readonly charted: ReturnType<typeof chartedMetrics> }): ReactNode {
  const { state, layout, charted, formats, theme } = props;
  const { history, best, newest, recorded, epochs } = state;
  return layout.charts.map((rect, index) => {
    const group = charted[index];
    const place = { rect, theme, framed: layout.framed };
    const key = `${rect.left}.${rect.top}`;
    if (group) {
      const data = { group, history, best, newest, recorded, totalEpochs: epochs };
      return <ChartPanel key={key} {...place} {...data} formats={formats} />;
    }
    return (
      <Panel
        key={key}
        name="Chart"
        {...place}
        heading={() => ({ title: WAITING[index] ?? "" })}
        draw={waiting}
      />
    );
  });
}

/** Metrics, settings and log. */
function Numbers({ state, clock, layout, formats, theme }: PlacedProps): ReactNode {
  const { framed, metrics, settings, log } = layout;
  const panel = settings.height > 1;
  const logFramed = framed && log.height >= 4;
  const common = { theme, attempt: state.recorded };
  const problems = state.problems === 1 ? "1 problem" : `${state.problems} problems`;
  const legends = state.problems > 0 ? [[run(problems, { color: COLORS.caution })]] : [];
  return (
    <>
      <Panel
        {...common}
        name="Metrics"
        rect={framed ? metrics : indented(metrics)}
        framed={framed}
        heading={framed ? () => ({ title: "Metrics" }) : undefined}
        draw={(width, height) => metricsRows(state, clock, formats, width, height, theme)}
      />
      <Panel
        {...common}
        name="Settings"
        rect={settings}
        framed={panel}
        heading={panel ? () => ({ title: "Settings" }) : undefined}
        draw={(width, height) =>
          panel ? settingsRows(state, width, height, theme) : [settingsLine(state, width, theme)]
        }
      />
      <Panel
        {...common}
        name="Log"
        rect={logFramed ? log : indented(log)}
        framed={logFramed}
        heading={logFramed ? () => ({ title: "Log", legends }) : undefined}
        draw={(_, height) => logRows(state.log, height, theme)}
      />
    </>
  );
}

/** The title above, progress and keys below. */
function Edges({ state, clock, overlay, layout, theme }: PlacedProps): ReactNode {
  const framed = layout.progress.height > 2;
  return (
    <>
      <Panel name="Title" rect={layout.title} theme={theme} draw={(width) => [titleRow(state, width, theme)]} />
      <Panel
        name="Progress"
        rect={framed ? layout.progress : indented(layout.progress)}
        theme={theme}
        framed={framed}
        heading={framed ? () => ({ title: "Progress" }) : undefined}
        draw={(width) => progressRows(state, clock, width, theme)}
      />
      <Panel
        name="Keys"
        rect={layout.hints}
        theme={theme}
        draw={(width) => [hintsRow(state, overlay, width, theme)]}
      />
    </>
  );
}
