// Labels at the ends of lines, moved apart where the lines end close to each other.

/** CSS pixels from one label to the next. */
const LABEL_HEIGHT = 15;

/**
 * How far, in pixels downwards, each label is moved from where it wants to be, so that no two overlap and none leaves
 * the `height` of the plot, as long as there is room for all. Positions are pixels from the plot's top.
 */
export function labelShifts(wanted: readonly number[], height: number, distance = LABEL_HEIGHT): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = order.map((index) => wanted[index] ?? 0);
  // Neighbours that are too close push each other apart, half the way each; a few rounds settle a few labels.
  for (let round = 0; round < 20 * placed.length; round++) {
    for (let i = 1; i < placed.length; i++) {
      const [above = 0, below = 0] = [placed[i - 1], placed[i]];
      const overlap = distance - (below - above);
      if (overlap <= 0) continue;
      placed[i - 1] = above - overlap / 2;
      placed[i] = below + overlap / 2;
    }
  }
  const low = Math.min(0, ...wanted);
  const high = Math.max(height, ...wanted);
  keepWithin(placed, low, high, distance);
  return wanted.map((from, index) => (placed[order.indexOf(index)] ?? from) - from);
}

/** Pushes labels that stick out back in, those in their way too; from the top last, where there is no room for all. */
function keepWithin(placed: number[], low: number, high: number, distance: number): void {
  for (let i = placed.length - 1, most = high; i >= 0; i--, most -= distance) {
    placed[i] = Math.min(placed[i] ?? 0, most);
  }
  for (let i = 0, least = low; i < placed.length; i++, least += distance) {
    placed[i] = Math.max(placed[i] ?? 0, least);
  }
}
