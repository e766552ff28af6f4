// The dashboard in a real terminal: sizes, keys, and the terminal as it was afterwards.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./support/command.ts";
import { hasTmux, openTerminal, type Terminal } from "./support/terminal.ts";

const endless = ["train", "--data", "sample", "--epochs", "100000"];

/** Nothing wrapped or spilled: the title is on the first row, the keys are on the last, and every frame is closed. */
function expectTidy(screen: string, rows: number): void {
  const lines = screen.replace(/\n$/, "").split("\n");
  expect(lines[0]).toMatch(/^ ◆ trainscope/);
  expect(lines.length).toBe(rows);
  expect(lines.at(-1)).toMatch(/space .* \? help|Esc closes/);
  const count = (sign: string): number => screen.split(sign).length - 1;
  expect(count("╭")).toBe(count("╮"));
  expect(count("╯")).toBeGreaterThanOrEqual(count("╮"));
}

async function expectLeft(terminal: Terminal, status: number): Promise<string> {
  const screen = await terminal.until(/exit status \d+/);
  expect(screen).toContain(`exit status ${status}`);
  expect(terminal.isNormal()).toBe(true);
  expect(screen).not.toMatch(/^\s+at .+:\d+/m);
  return screen;
}

describe.skipIf(!hasTmux)("dashboard in a terminal", () => {
  it("a short run: shows it, closes by itself, and prints the summary with every path", async () => {
    const terminal = openTerminal(["train", "--data", "sample", "--epochs", "3"], { columns: 100, rows: 40 });
    await terminal.until(/◆ trainscope +built-in sample/);
    const screen = await expectLeft(terminal, 0);
    expect(screen).toMatch(/Completed after 3 of 3 epochs/);
    expect(screen).toMatch(/test accuracy +\d+\.\d\d %/);
    expect(screen).toMatch(/runs\/.+\/artifacts\/weights\.png/);
    expect(readdirSync(join(terminal.folder, "runs"))).toHaveLength(1);
  });

  it.each([
    [60, 18],
    [80, 24],
    [120, 40],
    [200, 60],
  ])("fits %i x %i, and holds what a watcher wants to know", async (columns, rows) => {
    const terminal = openTerminal(endless, { columns, rows });
    const screen = await terminal.until(/accuracy .*\d+\.\d\d %/);
    expectTidy(screen, rows);
    for (const part of ["built-in sample", "Loss", "Accuracy", "loss", "cost", "accuracy", "best"]) {
      expect(screen).toContain(part);
    }
    expect(screen).toMatch(/epoch +\d+\/100000? .*left/);
    expect(screen).toMatch(/batch +\d+\/20 .*images\/s/);
    expect(screen).toMatch(/batch 100|batch size +100/);
  });

  it("follows a window that is resized while it trains", async () => {
    const terminal = openTerminal(endless, { columns: 80, rows: 24 });
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    for (const [columns, rows] of [
      [200, 60],
      [60, 18],
      [133, 31],
    ] as const) {
      terminal.resize(columns, rows);
      const fits = (text: string): boolean => {
        const lines = text.replace(/\n$/, "").split("\n");
        return lines.length === rows && /space .* \? help/.test(lines.at(-1) ?? "");
      };
      expectTidy(await terminal.until(fits), rows);
    }
    terminal.resize(40, 10);
    await terminal.until(/too small \(40x10\), needs 60x18/);
  });

  it("space pauses and goes on, s trains one epoch", async () => {
    const terminal = openTerminal(endless);
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    terminal.type("Space");
    const paused = await terminal.until(/‖ paused/);
    const epochOf = (screen: string): number => Number(/epoch +(\d+)\/100000/.exec(screen)?.[1]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(epochOf(terminal.screen())).toBe(epochOf(paused));
    // A step ends with its epoch: the one that was paused, or the next where the pause fell between two.
    terminal.type("s");
    const stepped = await terminal.until((screen) => {
      const lastPause = [...screen.matchAll(/paused (?:in|at) epoch \d+(?:, after batch (\d+))?/g)].at(-1);
      return /‖ paused/.test(screen) && screen.includes("one epoch, then a pause") && lastPause?.[1] === "20";
    });
    expect(epochOf(stepped) - epochOf(paused)).toBeLessThanOrEqual(1);
    terminal.type("Space");
    await terminal.until((screen) => /● training/.test(screen) && epochOf(screen) > epochOf(paused) + 1);
  });

  it("? opens the help and Esc closes it", async () => {
    const terminal = openTerminal(endless);
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    terminal.type("?");
    await terminal.until(/train one epoch, then pause/);
    terminal.type("Escape");
    await terminal.until((screen) => !screen.includes("train one epoch, then pause"));
  });

  it("x stops, saves and prints the summary", async () => {
    const terminal = openTerminal(endless, { columns: 100, rows: 40 });
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    terminal.type("x");
    const screen = await expectLeft(terminal, 0);
    expect(screen).toMatch(/Stopped after \d+ of 100000 epochs/);
    expect(screen).toContain("weights.png");
  });

  it("q leaves when it is pressed twice, without pictures", async () => {
    const terminal = openTerminal(endless);
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    terminal.type("q");
    await terminal.until(/press q again|q again/i);
    terminal.type("q");
    expect(await expectLeft(terminal, 130)).toContain("left at once");
    expect(readdirSync(terminal.folder)).not.toContain("runs");
  });

  it("Ctrl-C stops and saves; twice leaves at once; both end with 130", async () => {
    const once = openTerminal(endless, { columns: 100, rows: 40 });
    await once.until(/accuracy .*\d+\.\d\d %/);
    once.type("C-c");
    expect(await expectLeft(once, 130)).toMatch(/Stopped after \d+ of/);
    const twice = openTerminal(endless);
    await twice.until(/accuracy .*\d+\.\d\d %/);
    twice.type("C-c", "C-c");
    await expectLeft(twice, 130);
  });

  it.each(["TERM", "INT"])("SIG%s stops, saves, and puts the terminal right", async (signal) => {
    const terminal = openTerminal(endless, { columns: 100, rows: 40 });
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    terminal.kill(signal);
    expect(await expectLeft(terminal, 130)).toMatch(/Stopped after \d+ of/);
  });

  it("a run that diverges closes with the reason and status 1", async () => {
    const terminal = openTerminal(["train", "--data", "sample", "--eta", "1e300"], { columns: 100 });
    const screen = await expectLeft(terminal, 1);
    expect(screen).toContain("try a lower learning rate");
  });

  it("shows a custom metric beside the others, and a plugin that fails in the log", async () => {
    const frail = `export default { name: "frail", splits: ["train"], direction: "none",
      init: () => 0, update() { throw new Error("not today"); }, result: () => 0 };`;
    const config = join(root, "examples/custom-metric/trainscope.config.ts");
    const terminal = openTerminal([...endless, "--config", config, "--plugin", "frail.ts"], {
      columns: 120,
      rows: 40,
      files: { "frail.ts": frail },
    });
    await terminal.until(/top-3 .*\d+\.\d\d %/);
    await terminal.until(/frail failed in update \(3 times\): not today; it is now disabled/);
  });

  it("has colours where the terminal has them, and none under NO_COLOR", async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence is what is looked for.
    const colour = /\x1b\[[0-9;]*(3[1-6]|9[1-6])[0-9;]*m/;
    const coloured = openTerminal(endless);
    await coloured.until(/accuracy .*\d+\.\d\d %/);
    expect(coloured.colouredScreen()).toMatch(colour);
    const plain = openTerminal(endless, { environment: { NO_COLOR: "1" } });
    await plain.until(/accuracy .*\d+\.\d\d %/);
    expect(plain.colouredScreen()).not.toMatch(colour);
  });

  it("is plain ASCII where the locale is not UTF-8", async () => {
    const terminal = openTerminal(endless, { environment: { LC_ALL: "C" } });
    const screen = await terminal.until(/accuracy .*\d+\.\d\d %/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is what is meant.
    expect(screen).toMatch(/^[\x00-\x7f]*$/);
  });
});
