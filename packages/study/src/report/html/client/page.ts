// The script of the report's page, bundled into it by tools/src/build-page-script.ts.
import { CHART_DATA_ID, type ChartData } from "../chart-data.ts";
import { startCharts } from "./page-charts.ts";
import { startTables } from "./page-tables.ts";
import { startTemplates } from "./page-templates.ts";
import { startTheme } from "./page-theme.ts";

/** Vega's own script runs before this one. */
declare const vega: typeof import("vega");

const theme = startTheme();
startTables();
startTemplates();
const data = JSON.parse(document.getElementById(CHART_DATA_ID)?.textContent ?? "") as ChartData;
startCharts(vega, data, theme);
