// A chart on the screen. Between two epochs nothing in it changes, so it isn't drawn again.
import { memo, type ReactNode } from "react";
import type { Formats } from "../../text/format-metric.ts";
import type { Rect } from "../layout.ts";
import { type MetricGroup, metricCell } from "../model/metrics.ts";
import type { DashboardState } from "../model/state.ts";
import { type ChartView, chartLegends, chartRows, chartTitle } from "../panels/chart.ts";
import type { Theme } from "../theme.ts";
import { Panel } from "./panel.tsx";

interface ChartPanelProps {
  readonly group: MetricGroup;
  readonly history: DashboardState["history"];
  readonly best: DashboardState["best"];
  readonly newest: DashboardState["newest"];
  /** Epochs in the history, which grows in place: this is what tells that there is something new. */
  readonly recorded: number;
  readonly totalEpochs: number;
  readonly rect: Rect;
  readonly framed: boolean;
  readonly formats: Formats;
  readonly theme: Theme;
}

/** Train and validation of one metric over the epochs. */
export const ChartPanel = memo(function ChartPanel(props: ChartPanelProps): ReactNode {
  const { group, history, recorded, totalEpochs, rect, framed, formats, theme } = props;
  const view: ChartView = {
    group,
    epochs: history.epochs,
    totalEpochs,
    train: metricCell(props, group.train),
    validation: metricCell(props, group.validation),
  };
  const title = chartTitle(group, rect.width);
  return (
    <Panel
      name={title}
      rect={rect}
      theme={theme}
      framed={framed}
      attempt={recorded}
      heading={() => ({ title, legends: chartLegends(view, rect.width, formats, theme) })}
      draw={(width, height) => chartRows(view, width, height, theme)}
    />
  );
});
