// The page's own script as text. Its parts are functions that stand alone, so that each can be checked and tested as
// TypeScript and then be written into the page as it runs.
import { startCharts } from "./client/page-charts.ts";
import { startTables } from "./client/page-tables.ts";
import { startTemplates } from "./client/page-templates.ts";
import { startTheme } from "./client/page-theme.ts";

/** Id of the element that holds the charts as JSON. */
export const CHART_DATA_ID = "chart-data";

/** Before the first element is drawn, so that a dark page doesn't flash white. */
export const EARLY_SCRIPT = `document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("trainscope-report-theme");
  const dark = theme === null ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
} catch {}`;

export const PAGE_SCRIPT = `const theme = (${startTheme})();
(${startTables})();
(${startTemplates})();
(${startCharts})(vega, JSON.parse(document.getElementById("${CHART_DATA_ID}").textContent), theme);`;

/** A script's text that ends where it should: in strings, patterns and comments `<\\/script` is the same. */
export function inScript(code: string): string {
  return code.replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "\\x3c!--");
}

/** JSON that no parser of HTML takes for markup. */
export function inJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}
