// One chart of the page, drawn by Vega in place of its picture.
import type { Spec, TooltipHandler } from "vega";
import type { ChartSpecs } from "../chart-data.ts";
import { darkSpec } from "./dark-spec.ts";

/** What all charts of the page share. */
export interface ChartContext {
  readonly vega: typeof import("vega");
  readonly colours: Readonly<Record<string, string>>;
  readonly isDark: () => boolean;
  readonly tooltip: TooltipHandler;
}

/** CSS pixels. */
const LEAST_WIDE = 620;

export class LiveChart {
  readonly element: HTMLElement;
  /** Whether it is on the screen, or close to it. */
  isNear = false;
  private readonly specs: ChartSpecs | undefined;
  private readonly context: ChartContext;
  /** What is drawn now, e.g. "wide dark". */
  private drawn = "";
  private finalize = (): void => {};

  /** Without a specification the picture stays. */
  constructor(element: HTMLElement, specs: ChartSpecs | undefined, context: ChartContext) {
    this.element = element;
    this.specs = specs;
    this.context = context;
  }

  /** Marks what is drawn as out of date: a chart far away is drawn anew when it comes near. */
  forget(): void {
    this.drawn = "";
    delete this.element.dataset.drawn;
  }

  /** Draws the chart in its present size and colours, where it isn't drawn so already. */
  async draw(): Promise<void> {
    const { element, specs, context } = this;
    const box = element.querySelector<HTMLElement>(".live");
    if (specs === undefined || box === null) return;
    const size = element.clientWidth < LEAST_WIDE ? "narrow" : "wide";
    const wanted = `${size} ${context.isDark() ? "dark" : "light"}`;
    if (this.drawn === wanted) return;
    this.drawn = wanted;
    try {
      const spec = specOf(specs, size);
      const target = document.createElement("div");
      const view = await render(context.isDark() ? darkSpec(spec, context.colours) : spec, target, context);
      if (this.drawn !== wanted) return void view.finalize();
      this.finalize();
      this.finalize = () => view.finalize();
      box.replaceChildren(target);
      element.dataset.drawn = wanted;
    } catch (error) {
      // The picture that needs no script stays.
      element.dataset.failed = "";
      console.error(error);
    }
  }
}

/** A copy, with the data that it shares with the wide chart. */
function specOf(specs: ChartSpecs, size: keyof ChartSpecs): Spec {
  const spec = structuredClone(specs[size]);
  for (const data of spec.data ?? []) {
    if ("values" in data && data.values === null) Object.assign(data, valuesOf(specs.wide, data.name));
  }
  return spec;
}

function valuesOf(wide: Spec, name: string): object {
  const known = (wide.data ?? []).find((data) => data.name === name);
  return structuredClone(known !== undefined && "values" in known ? { values: known.values } : {});
}

async function render(spec: Spec, container: HTMLElement, { vega, tooltip }: ChartContext) {
  const view = new vega.View(vega.parse(spec), { renderer: "svg", container, hover: true });
  view.logLevel(vega.Error);
  view.tooltip(tooltip);
  await view.runAsync();
  return view;
}
