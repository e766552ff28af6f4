// A report's document as GitHub-flavoured Markdown, with its figures by relative path.
import { escapeMarkdown, visible, visibleLines } from "@trainscope/core/text";
import type { Block, Chart, ReportDocument, Section, Table, Text } from "./document.ts";

/** `format` is what the figures' files end in. */
export function renderMarkdown(document: ReportDocument, format: "png" | "svg"): string {
  const toText = (block: Block): string => blockText(block, format);
  const head = document.headlines.map(
    ({ label, value, note }) =>
      `- ${escapeMarkdown(label)}: **${escapeMarkdown(value)}** (${escapeMarkdown(note)})`,
  );
  return `${[
    `# ${escapeMarkdown(document.title)}`,
    escapeMarkdown(document.subtitle),
    ...document.remarks.map(toText),
    textOf(document.summary),
    head.join("\n"),
    ...document.sections.map((section) => sectionText(section, 2, toText)),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

function sectionText(section: Section, level: number, toText: (block: Block) => string): string {
  return [
    `${"#".repeat(level)} ${escapeMarkdown(section.title)}`,
    ...section.blocks.map(toText),
    ...(section.sections ?? []).map((one) => sectionText(one, level + 1, toText)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function blockText(block: Block, format: string): string {
  switch (block.kind) {
    case "paragraph":
      return textOf(block.text);
    case "remark":
      return `> **Note.** ${textOf(block.text)}`;
    case "list":
      return block.items.map((item) => `- ${textOf(item)}`).join("\n");
    case "code":
      return fenced(block.text);
    case "table":
      return `**${escapeMarkdown(block.title)}**\n\n${tableText(block)}`;
    case "chart":
      return pictures([block], block.caption, format);
    case "charts":
      return pictures(block.charts, block.caption, format);
    case "templates":
      return pictures(block.montages, block.caption, format);
    case "mistakes":
      return pictures([block], block.caption, format);
  }
}

function pictures(figures: readonly Pick<Chart, "name" | "title">[], caption: Text, format: string): string {
  const images = figures.map(({ name, title }) => `![${escapeMarkdown(title)}](figures/${name}.${format})`);
  return [...images, emphasised(textOf(caption))].filter((part) => part !== "").join("\n\n");
}

const emphasised = (text: string): string => (text === "" ? "" : `_${text}_`);

function textOf(text: Text): string {
  if (typeof text === "string") return escapeMarkdown(text);
  return text
    .map((part) => {
      if (typeof part === "string") return escapeMarkdown(part);
      return "code" in part ? codeSpan(part.code) : `**${escapeMarkdown(part.strong)}**`;
    })
    .join("");
}

function tableText({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ title }) => escapeMarkdown(title))),
    line(columns.map(({ align }) => (align === "right" ? "---:" : ":---"))),
    ...rows.map((row) => line(row.map(({ text }) => escapeMarkdown(text)))),
  ].join("\n");
}

/** Longer than any run of backticks within. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return "`".repeat(Math.max(least, longest + 1));
}

function fenced(text: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}\n${visibleLines(text)}\n${fence}`;
}

function codeSpan(text: string): string {
  const fence = fenceFor(text, 1);
  const shown = visible(text);
  return shown.includes("`") ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}
