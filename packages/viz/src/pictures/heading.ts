// Title and subtitle above a picture, as in the charts, and the measures all pictures share.
import { INK, SUBDUED } from "../theme.ts";
import { PNG_SCALE } from "./png.ts";
import { type SceneText, type TextStyle, wrapText } from "./scene.ts";

export interface Heading {
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
}

const css = (pixels: number): number => Math.round(pixels * PNG_SCALE);

export const MARGIN = css(16);
export const LABEL_STYLE: TextStyle = { size: css(13), weight: 400, colour: INK };

const TITLE_STYLE: TextStyle = { size: css(16), weight: 600, colour: INK };
const SUBTITLE_STYLE: TextStyle = { size: css(12), weight: 400, colour: SUBDUED };

/** Lines of text from the picture's upper left corner, and how far down, in device pixels, they reach. */
export function layOutHeading(heading: Heading, width: number): { texts: SceneText[]; bottom: number } {
  const texts: SceneText[] = [];
  let bottom = MARGIN;
  const add = (text: string | undefined, style: TextStyle): void => {
    if (text === undefined || text === "") return;
    for (const line of wrapText(text, style, width - 2 * MARGIN)) {
      texts.push({ text: line, x: MARGIN, y: bottom + Math.round(0.85 * style.size), align: "left", style });
      bottom += Math.round(1.3 * style.size);
    }
  };
  add(heading.title, TITLE_STYLE);
  add(heading.subtitle, SUBTITLE_STYLE);
  return { texts, bottom: texts.length === 0 ? bottom : bottom + css(11) };
}
