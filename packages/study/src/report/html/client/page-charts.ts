// Runs in the report's page: charts that answer the pointer, drawn by Vega when they come near the screen. It must
// not use anything from outside of the function.
import type { Spec } from "vega";
import type { PageTheme } from "./page-theme.ts";

/** What the page's script finds beside the charts. */
export interface ChartData {
  readonly colours: Readonly<Record<string, string>>;
  readonly charts: Readonly<Record<string, { readonly wide: Spec; readonly narrow: Spec }>>;
}

export function startCharts(vega: typeof import("vega"), data: ChartData, theme: PageTheme): void {
  interface Place {
    readonly element: HTMLElement;
    readonly name: string;
    near: boolean;
    /** What is drawn now, e.g. "wide dark". */
    drawn: string;
    finalize(): void;
  }

  const places: Place[] = [...document.querySelectorAll<HTMLElement>("[data-chart]")].map((element) => ({
    element,
    name: element.dataset.chart ?? "",
    near: false,
    drawn: "",
    finalize: () => undefined,
  }));

  /** In print the page shows the pictures that need no script. */
  const LEAST_WIDE = 620;

  /** A copy with each colour's dark counterpart; data and domains, which may hold any word, are left as they are. */
  function darkened(value: unknown, key = ""): unknown {
    if (typeof value === "string") {
      const counterpart = data.colours[value] ?? data.colours[value.toLowerCase()];
      if (counterpart !== undefined) return counterpart;
      return key === "update" || key === "signal" || key === "expr" ? recoloured(value) : value;
    }
    if (Array.isArray(value))
      return key === "values" || key === "domain" ? value : value.map((one) => darkened(one));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, darkened(one, name)]));
  }
  /** Within an expression a colour stands between quotes. */
  function recoloured(expression: string): string {
    return expression.replace(/(["'])(#[0-9a-fA-F]{6})\1/g, (all, quote: string, colour: string) => {
      const counterpart = data.colours[colour] ?? data.colours[colour.toLowerCase()];
      return counterpart === undefined ? all : quote + counterpart + quote;
    });
  }

  /** A narrow chart's data is left out of the page where it is the wide one's. */
  function valuesOf(wide: Spec, name: string): object {
    const known = (wide.data ?? []).find((one) => one.name === name);
    return structuredClone(known !== undefined && "values" in known ? { values: known.values } : {});
  }

  async function draw(place: Place): Promise<void> {
    const chart = data.charts[place.name];
    const box = place.element.querySelector<HTMLElement>(".live");
    if (chart === undefined || box === null) return;
    const size = place.element.clientWidth < LEAST_WIDE ? "narrow" : "wide";
    const wanted = `${size} ${theme.isDark() ? "dark" : "light"}`;
    if (place.drawn === wanted) return;
    place.drawn = wanted;
    try {
      const own = structuredClone(chart[size]);
      for (const one of own.data ?? []) {
        if ("values" in one && one.values === null) Object.assign(one, valuesOf(chart.wide, one.name));
      }
      const spec = theme.isDark() ? (darkened(own) as Spec) : own;
      const target = document.createElement("div");
      const view = new vega.View(vega.parse(spec), { renderer: "svg", container: target, hover: true });
      view.logLevel(vega.Error);
      view.tooltip(showTooltip);
      await view.runAsync();
      if (place.drawn !== wanted) return void view.finalize();
      place.finalize();
      place.finalize = () => view.finalize();
      box.replaceChildren(target);
      place.element.dataset.drawn = wanted;
    } catch (error) {
      // The picture that needs no script stays.
      place.element.dataset.failed = "";
      console.error(error);
    }
  }

  const tooltip = document.createElement("div");
  tooltip.className = "tooltip";
  tooltip.setAttribute("role", "status");
  tooltip.hidden = true;
  document.body.append(tooltip);

  function showTooltip(_: unknown, event: MouseEvent, __: unknown, value: unknown): void {
    if (value === null || value === undefined || value === "") {
      tooltip.hidden = true;
      return;
    }
    const rows = typeof value === "object" ? Object.entries(value) : [["", String(value)]];
    tooltip.replaceChildren(
      ...rows.map(([name, shown]) => {
        const line = document.createElement("div");
        const [label, number] = [document.createElement("span"), document.createElement("b")];
        label.textContent = String(name);
        number.textContent = String(shown);
        line.append(label, number);
        return line;
      }),
    );
    tooltip.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = tooltip;
    const x = event.clientX + 14 + width > innerWidth ? event.clientX - 14 - width : event.clientX + 14;
    const y = event.clientY + 14 + height > innerHeight ? event.clientY - 14 - height : event.clientY + 14;
    tooltip.style.left = `${Math.max(4, x)}px`;
    tooltip.style.top = `${Math.max(4, y)}px`;
  }
  addEventListener("scroll", () => (tooltip.hidden = true), { passive: true });
  // A tap moves no pointer, which is what Vega listens for.
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" || !(event.target instanceof Element)) return;
    tooltip.hidden = true;
    const { clientX, clientY } = event;
    const moved = new PointerEvent("pointermove", { bubbles: true, clientX, clientY });
    if (event.target.closest(".live") !== null) event.target.dispatchEvent(moved);
  });

  function drawNear(): void {
    for (const place of places) if (place.near) void draw(place);
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const place = places.find(({ element }) => element === target);
        if (place !== undefined) place.near = isIntersecting;
      }
      drawNear();
    },
    { rootMargin: "800px 0px" },
  );
  for (const { element } of places) observer.observe(element);
  theme.onChange(() => {
    // What is far away is drawn anew when it comes near; until then its old colours must not show.
    for (const place of places) {
      place.drawn = "";
      delete place.element.dataset.drawn;
    }
    drawNear();
  });
  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(drawNear, 120);
  });
}
