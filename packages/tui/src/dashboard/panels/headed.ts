// A panel with a heading that has a frame where there is room for one, and one column of air at its sides in any case.
import type { Rect } from "../text/layout.ts";
import { type Row, run } from "../text/rows.ts";
import { innerSize } from "./frame.ts";
import type { Heading, PanelSpec } from "./panel-spec.ts";

interface HeadedPanel {
  readonly name: string;
  readonly rect: Rect;
  readonly framed: boolean;
  readonly heading: () => Heading;
  readonly depends: readonly unknown[];
  /** With the size that `bodySize` tells. */
  readonly draw: (width: number, height: number) => readonly Row[];
}

/** Whether the panels of an area have frames. */
export function isFramed({ width, height }: Rect): boolean {
  return width >= 72 && height >= 16;
}

/** The room for a body below its heading. */
export function bodySize({ width, height }: Rect, framed: boolean): readonly [width: number, height: number] {
  return framed ? innerSize(width, height) : [Math.max(0, width - 2), Math.max(0, height - 1)];
}

export function headedPanel({ draw, depends, ...panel }: HeadedPanel): PanelSpec {
  const { rect, framed } = panel;
  const [width, height] = bodySize(rect, framed);
  const rows = (): readonly Row[] => {
    const body = draw(width, height).slice(0, height);
    return framed ? body : body.map((row) => [run(" "), ...row]);
  };
  return { ...panel, depends: [...depends, rect.width, rect.height], draw: rows };
}

/** Which page is shown, from 0, where `scroll` may lie beyond the last. */
export function pageAt(scroll: number | undefined, pages: number): number {
  return Math.max(0, Math.min(scroll ?? 0, pages - 1));
}

/** Longer and shorter legends: all parts, then ever fewer; what is first stays longest. */
export function legendsOf(parts: readonly (string | undefined)[], dot: string): Row[] {
  const present = parts.filter((part) => part !== undefined);
  return present.map((_, index) => [
    run(present.slice(0, present.length - index).join(` ${dot} `), { dim: true }),
  ]);
}

/** What is said of pages; nothing where there is one only. */
export function pageText(page: number, pages: number): string | undefined {
  return pages > 1 ? `page ${page + 1} of ${pages}` : undefined;
}

interface Block {
  /** Each exactly `width` columns. */
  readonly rows: readonly Row[];
  readonly width: number;
}

/** Blocks side by side with free columns between them, except after a margin without rows. */
export function sideBySide(blocks: readonly Block[], gap: number): Row[] {
  const height = Math.max(0, ...blocks.map(({ rows }) => rows.length));
  return Array.from({ length: height }, (_, index) =>
    blocks.flatMap(({ rows, width }, place) => {
      const blank = run(" ".repeat(width));
      const between = place < blocks.length - 1 && rows.length > 0 ? [run(" ".repeat(gap))] : [];
      return [...(rows[index] ?? [blank]), ...between];
    }),
  );
}
