// A picture as plain data: images and lines of text at whole pixels. paint.ts makes a canvas of it, svg.ts an SVG.

import type { Pixels } from "@trainscope/core/pixels";
import { type FontWeight, textAdvance } from "../font.ts";
import { FONT_FAMILY } from "../theme.ts";

export interface TextStyle {
  /** Device pixels. */
  readonly size: number;
  readonly weight: FontWeight;
  readonly colour: string;
}

export interface SceneText {
  readonly text: string;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly align: "left" | "center" | "right";
  readonly style: TextStyle;
}

export interface SceneImage {
  readonly pixels: Pixels;
  readonly x: number;
  readonly y: number;
  /** Device pixels to a pixel of the image, each way. */
  readonly enlarge: number;
  /** What it shows, for those who can't see it. */
  readonly label: string;
}

/** Lengths are device pixels of the PNG: `PNG_SCALE` of them to a CSS pixel. */
export interface Scene {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly images: readonly SceneImage[];
  readonly texts: readonly SceneText[];
}

/** As CSS writes it, e.g. `600 32px "Source Sans 3", sans-serif`. */
export function canvasFont({ size, weight }: TextStyle): string {
  return `${weight} ${size}px "${FONT_FAMILY}", sans-serif`;
}

/** Device pixels from the text's start to its end. */
export function textWidth(text: string, style: TextStyle): number {
  return style.size * textAdvance(text, style.weight);
}

/** The text, or as much of it as `width` device pixels hold, with an ellipsis. */
export function fitText(text: string, style: TextStyle, width: number): string {
  if (textWidth(text, style) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, style) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** The text in lines of at most `width` device pixels, broken at spaces; a longer word is cut short. */
export function wrapText(text: string, style: TextStyle, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    const longer = `${line} ${word}`;
    if (line !== undefined && textWidth(longer, style) <= width) lines[lines.length - 1] = longer;
    else lines.push(fitText(word, style, width));
  }
  return lines;
}
