// How wide a text will be, about: without a font, as specifications are made before anything is measured.

/** Mean width of a character in Source Sans, as a part of the font's size. */
const MEAN_WIDTH = 0.49;

/** CSS pixels. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * MEAN_WIDTH * fontSize;
}
