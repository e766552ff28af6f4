// The font of all pictures, Source Sans 3: its files, and how wide a text is in it, which takes no canvas to know.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Font, readFont } from "./open-type.ts";

export type FontWeight = 400 | 600;

const FILES: Readonly<Record<FontWeight, string>> = {
  400: "@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf",
  600: "@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf",
};

/** Of characters that the font lacks, which are set in another: ideographs and emoji are square. */
const SQUARE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;
const MEAN_ADVANCE = 0.5;

const require = createRequire(import.meta.url);
const fonts = new Map<FontWeight, Font>();
const advances: Readonly<Record<FontWeight, Map<string, number>>> = { 400: new Map(), 600: new Map() };

/** The bundled font's files. */
export function fontFiles(): readonly { readonly weight: FontWeight; readonly path: string }[] {
  return ([400, 600] as const).map((weight) => ({ weight, path: require.resolve(FILES[weight]) }));
}

/** From the text's start to its end, as a part of the font's size. Kerning is left out: it is within some hundredths. */
export function textAdvance(text: string, weight: FontWeight): number {
  const known = advances[weight];
  let sum = 0;
  for (const character of text) {
    const advance = known.get(character) ?? characterAdvance(character, weight);
    known.set(character, advance);
    sum += advance;
  }
  return sum;
}

function characterAdvance(character: string, weight: FontWeight): number {
  const own = fontOf(weight).advance(character.codePointAt(0) ?? 0);
  if (own !== undefined) return own;
  if (/\p{Mark}/u.test(character)) return 0;
  return SQUARE.test(character) ? 1 : MEAN_ADVANCE;
}

function fontOf(weight: FontWeight): Font {
  const font = fonts.get(weight) ?? readFont(readFileSync(require.resolve(FILES[weight])));
  fonts.set(weight, font);
  return font;
}
