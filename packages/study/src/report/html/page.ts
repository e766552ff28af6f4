// The report as one HTML file that needs nothing else: no network, no folder beside it, and no script to be read.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { escapeXml } from "@trainscope/core/text";
import { DARK_COLOURS } from "@trainscope/viz";
import type { Data, Spec } from "vega";
import type { ReportDocument, Section } from "../document.ts";
import { blockHtml, type PageMedia, sectionHtml, textHtml } from "./blocks.ts";
import { CHART_DATA_ID, type ChartData } from "./chart-data.ts";
import { fontFaces } from "./fonts.ts";
import { PAGE_SCRIPT } from "./page-script.generated.ts";
import { EARLY_SCRIPT, inJson, inScript } from "./script.ts";
import { PAGE_STYLE } from "./style.ts";

const require = createRequire(import.meta.url);

export async function renderPage(document: ReportDocument, media: PageMedia): Promise<string> {
  const [vega, fonts] = await Promise.all([vegaScript(), fontFaces()]);
  const scripts = [EARLY_SCRIPT, vega, PAGE_SCRIPT].map(inScript);
  const [early = "", ...late] = scripts;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeXml(document.title)}</title>
<style>${fonts}${PAGE_STYLE}</style>
<script>${early}</script>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
<div class="page">
<header>
<div class="tools"></div>
<h1>${escapeXml(document.title)}</h1>
<p class="subtitle">${escapeXml(document.subtitle)}</p>
${document.remarks.map((remark) => blockHtml(remark, media)).join("\n")}
<p class="summary">${textHtml(document.summary)}</p>
<dl class="headlines">
${document.headlines.map(headlineHtml).join("\n")}
</dl>
</header>
<nav aria-label="Contents"><p class="nav-title">Contents</p>${contents(document.sections)}</nav>
<main id="content">
${document.sections.map((section) => sectionHtml(section, media)).join("\n")}
</main>
</div>
<script type="application/json" id="${CHART_DATA_ID}">${inJson(chartData(media))}</script>
${late.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}

function headlineHtml({ label, value, note }: ReportDocument["headlines"][number]): string {
  return `<div><dt>${escapeXml(label)}</dt><dd>${escapeXml(value)}<small>${escapeXml(note)}</small></dd></div>`;
}

function contents(sections: readonly Section[]): string {
  const items = sections.map(({ id, title, sections: within = [] }) => {
    const nested = within.length === 0 ? "" : contents(within);
    return `<li><a href="#${escapeXml(id)}">${escapeXml(title)}</a>${nested}</li>`;
  });
  return `<ol>${items.join("")}</ol>`;
}

function chartData({ charts }: PageMedia): ChartData {
  const entries = [...charts].map(
    ([name, { wide, narrow }]) => [name, { wide, narrow: sharing(narrow, wide) }] as const,
  );
  return { colours: DARK_COLOURS, charts: Object.fromEntries(entries) };
}

/** Without the values that the wide chart has under the same name: the page puts them back. */
function sharing(narrow: Spec, wide: Spec): Spec {
  const known = new Map((wide.data ?? []).map((data) => [data.name, valuesOf(data)]));
  const isShared = (data: Data): boolean =>
    valuesOf(data) !== undefined && valuesOf(data) === known.get(data.name);
  return {
    ...narrow,
    data: (narrow.data ?? []).map((data) =>
      isShared(data) ? ({ ...data, values: null } as unknown as Data) : data,
    ),
  };
}

function valuesOf(data: Data): string | undefined {
  return "values" in data ? JSON.stringify(data.values) : undefined;
}

/**
 * Nothing may be fetched, sent, framed or submitted, and no script runs but those whose hashes are named. Vega makes
 * functions of the expressions in its specifications, so it needs 'unsafe-eval'; it makes them from a parsed syntax
 * of its own that reaches no global, and the specifications are in this same file. Styles are inline: Vega and the
 * sprites set them on elements.
 */
function policyOf(scripts: readonly string[]): string {
  const hashes = scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  return [
    "default-src 'none'",
    `script-src 'unsafe-eval' ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** Vega's own bundle for pages, which stands beside its module's entry. */
async function vegaScript(): Promise<string> {
  return readFile(join(dirname(require.resolve("vega")), "vega.min.js"), "utf8");
}
