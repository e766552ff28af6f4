// What every chart of a report has: a title and a subtitle that keep to its width, and the house's configuration.
import { CHART_CONFIG } from "../theme.ts";

/** CSS pixels of a plot itself, without axes; of one plot where there are several side by side. */
export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** What every chart takes; all may be left out. */
export interface FigureOptions {
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  readonly size?: PanelSize | undefined;
}

export interface Frame {
  readonly title: string;
  /** Empty where there is nothing to add. */
  readonly subtitle: string;
  /** For those who can't see the picture. */
  readonly description: string;
  /** CSS pixels of all plots, without axes. */
  readonly width: number;
  /** CSS pixels between legend and plots, where labels stand there. */
  readonly legendOffset?: number;
}

/** CSS pixels that a title has even above a narrower plot. */
const LEAST_WIDTH = 260;

/** A specification's fields beside its plots. */
export interface FrameFields {
  readonly $schema: string;
  readonly description: string;
  readonly config: typeof CHART_CONFIG;
  readonly title: { readonly text: string[]; readonly subtitle?: string[] };
}

/** Title, subtitle and configuration of a chart, the title broken to its width. */
export function frame({ title, subtitle, description, width, legendOffset }: Frame): FrameFields {
  // Mean widths of a character in Source Sans at the two sizes, in CSS pixels; the axis's labels lend some room.
  const room = Math.max(LEAST_WIDTH, width) + 80;
  const text = breakLines(title, room / 8.2);
  const legend = { ...CHART_CONFIG.legend, ...(legendOffset !== undefined && { offset: legendOffset }) };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description,
    config: { ...CHART_CONFIG, legend },
    title: { text, ...(subtitle !== "" && { subtitle: breakLines(subtitle, room / 5.7) }) },
  };
}

/** Spaces, but for those around an equals sign. */
const BREAKS = /(?<!=) (?!=)/;

/**
 * Lines of at most so many characters, broken at spaces, so that a long name doesn't stretch the picture; a line break
 * in the text is kept.
 */
function breakLines(text: string, most: number): string[] {
  return text.split("\n").flatMap((part) => {
    const lines: string[] = [];
    for (const word of part.split(BREAKS)) {
      const longer = `${lines.at(-1)} ${word}`;
      if (lines.length > 0 && longer.length <= most) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}
