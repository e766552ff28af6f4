// Names for Vega-Lite's types of plots.
import type { PositionFieldDef } from "vega-lite/types_unstable/channeldef.js";
import type { LayerSpec } from "vega-lite/types_unstable/spec/layer.js";

/** One plot, of layers that share its axes. */
export type Panel = LayerSpec<string>;

/** A layer of such a plot: marks and their encoding. */
export type Layer = Panel["layer"][number];

/** Of x or y. */
export type PositionEncoding = PositionFieldDef<string>;
