// Tables that sort by a click on a header.

/** A button in each header; the first click sorts numbers from the greatest, text from A. Equal rows keep their order. */
export function startTables(): void {
  for (const table of document.querySelectorAll("table")) {
    const body = table.tBodies[0];
    const headers = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
    if (body === undefined || body.rows.length < 2) continue;
    const original = [...body.rows];
    headers.forEach((header, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const before = header.getAttribute("aria-sort");
        const numeric = original.some((row) => row.cells[column]?.dataset.value !== undefined);
        const first = numeric ? "descending" : "ascending";
        const other = numeric ? "ascending" : "descending";
        const order = before === first ? other : first;
        for (const one of headers) one.removeAttribute("aria-sort");
        header.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        body.append(...[...original].sort((a, b) => compare(a.cells[column], b.cells[column], sign, numeric)));
      });
    });
  }
}

function compare(
  a: HTMLTableCellElement | undefined,
  b: HTMLTableCellElement | undefined,
  sign: number,
  numeric: boolean,
): number {
  if (!numeric) return sign * (a?.textContent ?? "").localeCompare(b?.textContent ?? "");
  const [x, y] = [a, b].map((cell) => (cell?.dataset.value ? Number(cell.dataset.value) : null));
  // What has no value comes last, whichever the order.
  if (x == null || y == null) return (x == null ? 1 : 0) - (y == null ? 1 : 0);
  return sign * (x - y);
}
