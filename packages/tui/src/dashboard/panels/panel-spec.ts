import type { Rect } from "../text/layout.ts";
import type { Row } from "../text/rows.ts";
import type { Command } from "../view/commands.ts";

/** A panel of a screen: where it is, and what it draws. */
export interface PanelSpec {
  /** Said in its stead should it fail; one of a kind on a screen. */
  readonly name: string;
  readonly rect: Rect;
  readonly framed?: boolean;
  readonly heading?: (() => Heading) | undefined;
  /** With the size inside the frame. */
  readonly draw: (width: number, height: number) => readonly Row[];
  /** Drawn again only where one of these is another than before; in every frame where they are left out. */
  readonly depends?: readonly unknown[];
  /** Above those of lower layers; 0 where it is left out. */
  readonly layer?: number;
  /** What a click at a cell inside the frame does, from 0. */
  readonly click?: (column: number, row: number) => Command | undefined;
}

/** The frame's upper line of a panel. */
export interface Heading {
  readonly title: string;
  /** From the longest to the shortest; the first that fits is shown. */
  readonly legends?: readonly Row[];
}
