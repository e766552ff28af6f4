// Colours from the worst to the best: viridis (van der Walt & Smith 2015), which differs in brightness for any eye.

const STOPS: readonly (readonly [number, number, number])[] = [
  [0x44, 0x01, 0x54],
  [0x3b, 0x52, 0x8b],
  [0x21, 0x91, 0x8c],
  [0x5e, 0xc9, 0x62],
  [0xfd, 0xe7, 0x25],
];

/** `share`: 0 for the worst, 1 for the best. */
export function rampColor(share: number): string {
  const [red, green, blue] = channelsAt(share);
  return `rgb(${red}, ${green}, ${blue})`;
}

/** Of a text on it: black or white, whichever stands out more (WCAG 2.2). */
export function textColorOn(share: number): string {
  const [red, green, blue] = channelsAt(share).map(linear) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? "#fff" : "#000";
}

function channelsAt(share: number): readonly number[] {
  const place = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
  const below = Math.min(STOPS.length - 2, Math.floor(place));
  const [from, to] = [STOPS[below], STOPS[below + 1]] as const;
  return [0, 1, 2].map((index) => {
    const start = from?.[index] ?? 0;
    return Math.round(start + (place - below) * ((to?.[index] ?? 0) - start));
  });
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
