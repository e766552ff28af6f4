// What the terminal's palette looks like in a picture of the screen: its owner's colours aren't known here.
import type { Color, Paint } from "../text/rows.ts";

export interface Palette {
  readonly background: string;
  readonly foreground: string;
  readonly colors: Readonly<Record<Color, string>>;
}

export const PALETTES = {
  dark: {
    background: "#1b1f27",
    foreground: "#d6dae2",
    colors: {
      red: "#e06c75",
      green: "#98c379",
      yellow: "#e5c07b",
      blue: "#61afef",
      magenta: "#c678dd",
      cyan: "#56b6c2",
    },
  },
  light: {
    background: "#ffffff",
    foreground: "#24292f",
    colors: {
      red: "#b3261e",
      green: "#1a7f37",
      yellow: "#8a5a00",
      blue: "#0550ae",
      magenta: "#8250df",
      cyan: "#0a7080",
    },
  },
} as const satisfies Record<"dark" | "light", Palette>;

/** As CSS writes it. */
export function cssColor(paint: Paint, { colors }: Palette): string {
  return typeof paint === "number" ? `#${paint.toString(16).padStart(6, "0")}` : colors[paint];
}
