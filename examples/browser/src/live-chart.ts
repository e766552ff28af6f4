// A chart in the page that follows numbers which come faster than it can be drawn.
import type { ChartSpecification } from "@trainscope/viz/specifications";
import embed, { type VisualizationSpec } from "vega-embed";

/** Draws the newest specification that was shown; those that came while it was drawing are left out. */
export class LiveChart {
  readonly #place: HTMLElement;
  #newest: ChartSpecification | undefined;
  #drawing: Promise<void> = Promise.resolve();

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  show(specification: ChartSpecification): void {
    const isWaiting = this.#newest !== undefined;
    this.#newest = specification;
    if (!isWaiting) this.#drawing = this.#drawing.then(() => this.#draw());
  }

  /** Resolves when what was shown last is drawn. */
  drawn(): Promise<void> {
    return this.#drawing;
  }

  async #draw(): Promise<void> {
    const specification = this.#newest;
    this.#newest = undefined;
    await embed(this.#place, specification as VisualizationSpec, { actions: false });
  }
}
