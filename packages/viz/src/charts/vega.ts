// Vega and Vega-Lite, which measure the text of our charts by the font's own tables, so that a chart is laid out the same with
// and without node-canvas.
import type { LoggerInterface } from "vega";
import { type FontWeight, textAdvance } from "../font.ts";
import { FONT_FAMILY } from "../theme.ts";

interface TextItem {
  readonly font?: string;
  readonly fontSize?: number;
  readonly fontWeight?: number | string;
  /** Longest width in pixels, where there is one: longer text is cut to it. */
  readonly limit?: number;
}

/** What vega-scenegraph exports for such as us, and its types leave out. */
interface TextMetrics {
  width(item: TextItem, text: unknown): number;
}

/** Vega's own. */
const DEFAULT_FONT_SIZE = 11;

export interface LoadedVega {
  readonly vega: typeof import("vega");
  readonly compile: typeof import("vega-lite")["compile"];
  /** For both; it says nothing. */
  readonly logger: LoggerInterface;
}

let loading: Promise<LoadedVega> | undefined;

/** Loaded at the first call, which takes about a quarter of a second. */
export function loadVega(): Promise<LoadedVega> {
  loading ??= load();
  return loading;
}

async function load(): Promise<LoadedVega> {
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  measureOwnFont((vega as unknown as { textMetrics: TextMetrics }).textMetrics);
  // A warning printed in the middle of a dashboard would do more harm than good; errors are thrown all the same.
  return { vega, compile, logger: vega.logger(vega.None) };
}

/** Text in other fonts, in charts that aren't ours, is measured as before. */
function measureOwnFont(metrics: TextMetrics): void {
  const others = metrics.width;
  metrics.width = (item, text) => {
    // Vega's own measure cuts at the limit first, for which it asks this one: without a limit it doesn't.
    const width = isOwn(item)
      ? ownWidth(item, text)
      : others(Object.create(item, { limit: { value: 0 } }), text);
    return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
  };
}

function isOwn({ font }: TextItem): boolean {
  return font?.includes(FONT_FAMILY) ?? false;
}

function ownWidth({ fontSize = DEFAULT_FONT_SIZE, fontWeight }: TextItem, text: unknown): number {
  const weight: FontWeight = fontWeight === "bold" || Number(fontWeight) >= 600 ? 600 : 400;
  return text == null ? 0 : fontSize * textAdvance(String(text).trim(), weight);
}
