// Screens compared with golden text, what differs from one run to the next masked.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { root } from "./command.ts";

/** Rows that are the same as the one above, left out. */
export function withoutRepeats(screen: string): string {
  const lines = maskedLines(screen);
  return lines.filter((line, index) => line !== lines[index - 1]).join("\n");
}

/**
 * The panel of the log, emptied: how many lines stand in it depends on the batch at which the run was first paused.
 * The log's own tab is compared by `withoutRepeats`.
 */
export function withoutLogPanel(screen: string): string {
  const lines = screen.split("\n");
  const top = lines.findIndex((line) => line.includes("╭─ Log ─"));
  if (top === -1) return screen;
  const left = lines[top]?.indexOf("╭─ Log ─") ?? 0;
  const right = lines[top]?.indexOf("╮", left) ?? 0;
  const bottom = lines.findIndex((line, index) => index > top && line[left] === "╰");
  return lines
    .map((line, index) => {
      if (index <= top || index >= bottom) return line;
      return line.slice(0, left + 1) + " ".repeat(right - left - 1) + line.slice(right);
    })
    .join("\n");
}

/** Fails where the screen isn't the golden one, line by line. `UPDATE_GOLDEN=1` makes it the golden one. */
export function expectGolden(name: string, screen: string): void {
  const path = join(root, "test/golden/dashboard", `${name}.txt`);
  const masked = maskedLines(screen);
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${masked.join("\n")}\n`);
  }
  const golden = readFileSync(path, "utf8").replace(/\n$/, "").split("\n");
  expect(masked, `test/golden/dashboard/${name}.txt; UPDATE_GOLDEN=1 accepts the screen as it is`).toEqual(
    golden,
  );
}

/**
 * Times, speeds and what is left of the run; all else is the same wherever the reference engine computes it. The
 * log's steps: there is one more where the first pause came before the end of its epoch.
 */
function maskedLines(screen: string): readonly string[] {
  return screen
    .replace(/\n$/, "")
    .split("\n")
    .map((line) =>
      line
        .replaceAll(/\d\d:\d\d:\d\d/g, "##:##:##")
        .replace(/(##:##:## . )(?:started on|one epoch, then|paused in) .*?( ?[│|])?$/, "$1...$2")
        .replaceAll(/\d{8}-\d{6}-[a-z]{4}/g, "(run)")
        // A bar is as long as what is at its right leaves it room.
        .replace(/((?:epoch|batch) +[\d,]+\/[\d,]+) .*%.*?( ?[│|])?$/, "$1 ...$2")
        .trimEnd(),
    );
}
