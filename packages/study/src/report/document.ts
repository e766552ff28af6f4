// A report as plain data: sections of paragraphs, tables and figures. Written once, rendered to HTML and to Markdown.
import type { ImageShape, ModelParameters } from "@trainscope/core";
import type { Mistake } from "@trainscope/core/analysis";
import type { TemplateFrame } from "@trainscope/sweep/trial";
import type { ChartSpecification } from "@trainscope/viz";

/** A stretch of text: plain, emphasised, or as it would be typed. */
export type Inline = string | { readonly strong: string } | { readonly code: string };

export type Text = string | readonly Inline[];

export interface Paragraph {
  readonly kind: "paragraph";
  readonly text: Text;
}

/** A remark that a reader must not miss. */
export interface Remark {
  readonly kind: "remark";
  readonly text: Text;
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Text[];
}

/** Set off and as typed: a formula or a command. */
export interface Code {
  readonly kind: "code";
  readonly text: string;
}

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

export interface Cell {
  readonly text: string;
  /** What a column is sorted by, in place of the text; `null` comes last. */
  readonly value?: number | null | undefined;
}

export interface Table {
  readonly kind: "table";
  readonly title: string;
  readonly columns: readonly Column[];
  /** As many cells as there are columns; the first names the row. */
  readonly rows: readonly (readonly Cell[])[];
  /** The row that the text singles out. */
  readonly marked?: number | undefined;
}

/** A chart by its specifications. */
export interface Chart {
  readonly kind: "chart";
  /** Of its files, e.g. `gradient-check`. */
  readonly name: string;
  readonly title: string;
  /** What to look at. */
  readonly caption: Text;
  /** For those who can't see it: what it shows, with the numbers that matter. */
  readonly alt: string;
  readonly wide: ChartSpecification;
  /** For a phone. */
  readonly narrow: ChartSpecification;
  /** `false` where a phone has no room for the legends beside it. */
  readonly narrowLegend?: false | undefined;
}

/** Charts of one kind, at the same scales, under one caption. */
export interface ChartGroup {
  readonly kind: "charts";
  readonly caption: Text;
  readonly charts: readonly Chart[];
}

export interface Montage {
  readonly name: string;
  readonly title: string;
  readonly parameters: ModelParameters;
  /** In the order of their epochs; one at least. */
  readonly frames: readonly TemplateFrame[];
}

/** Weight templates of one or more models, over the epochs where a page can show that. */
export interface Templates {
  readonly kind: "templates";
  readonly caption: Text;
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  readonly subtitle: string;
  readonly montages: readonly Montage[];
}

export interface Mistakes {
  readonly kind: "mistakes";
  readonly name: string;
  readonly title: string;
  readonly caption: Text;
  readonly subtitle: string;
  readonly shape: ImageShape;
  /** One at least. */
  readonly mistakes: readonly Mistake[];
}

export type Block = Paragraph | Remark | List | Code | Table | Chart | ChartGroup | Templates | Mistakes;

export interface Section {
  /** Lower case letters, digits and hyphens; unique within the report. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Of the next level. */
  readonly sections?: readonly Section[] | undefined;
}

/** A number that stands out at the report's head. */
export interface Headline {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

export interface ReportDocument {
  readonly title: string;
  /** Of what, e.g. the data's name. */
  readonly subtitle: string;
  readonly remarks: readonly Remark[];
  readonly summary: Text;
  readonly headlines: readonly Headline[];
  readonly sections: readonly Section[];
}

export const paragraph = (text: Text): Paragraph => ({ kind: "paragraph", text });
export const remark = (text: Text): Remark => ({ kind: "remark", text });
export const list = (items: readonly Text[]): List => ({ kind: "list", items });
export const code = (text: string): Code => ({ kind: "code", text });

export const left = (title: string): Column => ({ title, align: "left" });
export const right = (title: string): Column => ({ title, align: "right" });

/** Whether there are templates to show: of a run that diverged there may be no weight that is a number, and no epoch. */
export function isDrawable({ parameters, frames }: Pick<Montage, "parameters" | "frames">): boolean {
  return frames.length > 0 && parameters.weights.some(Number.isFinite);
}

/** Every block, in order, those of subsections after those of their section. */
export function blocksOf(sections: readonly Section[]): readonly Block[] {
  return sections.flatMap((section) => [...section.blocks, ...blocksOf(section.sections ?? [])]);
}

/** Every chart, those in groups among them, in order. */
export function chartsOf(sections: readonly Section[]): readonly Chart[] {
  return blocksOf(sections).flatMap((block) => {
    if (block.kind === "chart") return [block];
    return block.kind === "charts" ? block.charts : [];
  });
}

/** A text without its emphasis. */
export function plainText(text: Text): string {
  if (typeof text === "string") return text;
  return text
    .map((part) => (typeof part === "string" ? part : "code" in part ? part.code : part.strong))
    .join("");
}
