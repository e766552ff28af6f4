// The tooltip of all charts.

/** Puts it on the page; gives what Vega calls with the value to show. */
export function createTooltip(): (handler: unknown, event: MouseEvent, item: unknown, value: unknown) => void {
  const tooltip = document.createElement("div");
  tooltip.className = "tooltip";
  tooltip.setAttribute("role", "status");
  tooltip.hidden = true;
  document.body.append(tooltip);
  const hide = (): void => {
    tooltip.hidden = true;
  };
  addEventListener("scroll", hide, { passive: true });
  // A tap moves no pointer, which is what Vega listens for.
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" || !(event.target instanceof Element)) return;
    hide();
    const { clientX, clientY } = event;
    const moved = new PointerEvent("pointermove", { bubbles: true, clientX, clientY });
    if (event.target.closest(".live") !== null) event.target.dispatchEvent(moved);
  });
  return (_, event, __, value) => {
    if (value === null || value === undefined || value === "") return hide();
    tooltip.replaceChildren(...linesOf(value));
    tooltip.hidden = false;
    placeBeside(tooltip, event);
  };
}

function linesOf(value: NonNullable<unknown>): HTMLElement[] {
  const rows = typeof value === "object" ? Object.entries(value) : [["", String(value)]];
  return rows.map(([name, shown]) => {
    const line = document.createElement("div");
    const [label, number] = [document.createElement("span"), document.createElement("b")];
    label.textContent = String(name);
    number.textContent = String(shown);
    line.append(label, number);
    return line;
  });
}

/** Beside the pointer, and within the window. */
function placeBeside(tooltip: HTMLElement, { clientX, clientY }: MouseEvent): void {
  const { offsetWidth: width, offsetHeight: height } = tooltip;
  const x = clientX + 14 + width > innerWidth ? clientX - 14 - width : clientX + 14;
  const y = clientY + 14 + height > innerHeight ? clientY - 14 - height : clientY + 14;
  tooltip.style.left = `${Math.max(4, x)}px`;
  tooltip.style.top = `${Math.max(4, y)}px`;
}
