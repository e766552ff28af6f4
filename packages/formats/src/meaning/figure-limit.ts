// Each figure is kept for every point: a program that makes up names all the time is not to fill the memory.

export const MOST_FIGURES = 500;

export class FigureLimit {
  private readonly tags = new Set<string>();

  /** Whether it is one of the first so many. */
  admits(tag: string): boolean {
    if (this.tags.size < MOST_FIGURES) this.tags.add(tag);
    return this.tags.has(tag);
  }
}
