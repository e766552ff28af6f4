// The dashboard in a real terminal: sizes, keys, the mouse, and the terminal as it was afterwards.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventsOf, root } from "./support/command.ts";
import { expectGolden, withoutLogPanel, withoutRepeats } from "./support/golden-text.ts";
import { hasTmux, openTerminal, type Terminal } from "./support/terminal.ts";
import { unhurried } from "./support/unhurried.ts";

const endless = ["train", "--data", "sample", "--no-pictures", "--epochs", "100000"];

/** Slow enough to be paused in its first epoch, and the same numbers wherever it is computed. */
const standing = [
  "train",
  "--data",
  "sample",
  "--epochs",
  "12",
  "--seed",
  "1",
  "--engine",
  "reference",
  "--config",
  join(root, "examples/custom-metric/trainscope.config.ts"),
  // The best so far is saved as time has it.
  "--checkpoint-every",
  "0",
];

/** After a few epochs, one of them with another learning rate; nothing moves any more. */
async function openStanding(columns: number, rows: number): Promise<Terminal> {
  const terminal = openTerminal(standing, { columns, rows });
  await terminal.until(/◆ trainscope +built-in sample/);
  terminal.type("Space");
  await terminal.until(/[‖=] paused$/m);
  await stepTo(terminal, 3);
  terminal.type("e");
  await terminal.until(/new/);
  terminal.type("5e-4", "Enter");
  await terminal.until(/learning rate from 0.001 to 0.0005/);
  await stepTo(terminal, 4);
  return terminal;
}

/** To the end of an epoch, from wherever it was paused. */
async function stepTo(terminal: Terminal, epoch: number): Promise<void> {
  const ended = (screen: string): boolean => /[‖=] paused$/m.test(screen) && /batch +20\/20/.test(screen);
  const epochOf = (screen: string): number => Number(/epoch +(\d+)\/12/.exec(screen)?.[1]);
  for (let present = await terminal.until(/[‖=] paused$/m); !ended(present) || epochOf(present) < epoch; ) {
    const before = ended(present) ? epochOf(present) : epochOf(present) - 1;
    terminal.type("s");
    present = await terminal.until((screen) => ended(screen) && epochOf(screen) > before);
  }
}

async function expectLeft(terminal: Terminal, status: number): Promise<string> {
  const screen = await terminal.until(/exit status \d+/);
  expect(screen).toContain(`exit status ${status}`);
  expect(terminal.isNormal()).toBe(true);
  expect(screen).not.toMatch(/^\s+at .+:\d+/m);
  return screen;
}

/** All rows are drawn: a window that has just been resized shows parts of two screens. */
function isWhole(screen: string, rows: number): boolean {
  const lines = screen.replace(/\n$/, "").split("\n");
  return lines.length === rows && /space .* \? (help|back)/.test(lines.at(-1) ?? "");
}

/** Fits, and is the same the next time: a large screen may be read while half of it is written. */
async function standingStill(terminal: Terminal, fits: (screen: string) => boolean): Promise<string> {
  let before = "";
  return await terminal.until((screen) => {
    const still = screen === before && fits(screen);
    before = screen;
    return still;
  });
}

/** Without the names of the tabs. */
function bodyOf(screen: string): string {
  return screen.split("\n").slice(2).join("\n");
}

function columnOf(screen: string, row: number, text: string): number {
  return (screen.split("\n")[row] ?? "").indexOf(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence is what is looked for.
const COLOUR = /\x1b\[[0-9;]*(3[1-6]|9[1-6])[0-9;]*m/;

/** Nothing wrapped or spilled: the title is on the first row, the keys are on the last, and every frame is closed. */
function expectTidy(screen: string, columns: number, rows: number): void {
  const lines = screen.replace(/\n$/, "").split("\n");
  expect(lines[0]).toMatch(/^ ◆ trainscope/);
  expect(lines[1]).toMatch(/^ (1 )?Overview .*Help/);
  expect(lines.length).toBe(rows);
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
  expect(lines.at(-1)).toMatch(/space .* \? (help|back)/);
  const count = (sign: string): number => screen.split(sign).length - 1;
  expect(count("╭")).toBe(count("╮"));
  expect(count("╰")).toBeGreaterThanOrEqual(count("╯"));
}

const TABS = ["overview", "metrics", "weights", "classes", "samples", "log", "plugins", "help"] as const;

/** Whether the bar of tabs shows this one as the open one: what a tab is known by may stand on another one as well. */
function isOpen(tab: (typeof TABS)[number], coloured: string): boolean {
  const name = `${tab.charAt(0).toUpperCase()}${tab.slice(1)}`;
  return new RegExp(`\\x1b\\[[0-9;]*7m (?:[1-8] )?${name} `).test(coloured.split("\n")[1] ?? "");
}

/** What each tab has first, to know it by. */
const KNOWN_BY = {
  overview: /best/,
  metrics: /Numbers|loss, accuracy, top-3/,
  weights: /norm/,
  classes: /recall/,
  samples: /wrong/,
  log: /started on/,
  plugins: /ms\/call/,
  help: /pause, or go on/,
} as const;

describe.skipIf(!hasTmux)("dashboard in a terminal", () => {
  it("shows each tab as it should, at every size, in one terminal that is resized", async () => {
    const terminal = await openStanding(80, 24);
    const show = async (tab: (typeof TABS)[number], columns: number, rows: number): Promise<string> => {
      terminal.resize(columns, rows);
      terminal.type(String(1 + TABS.indexOf(tab)));
      return await standingStill(terminal, (screen) => {
        const open = isOpen(tab, terminal.colouredScreen());
        return open && isWhole(screen, rows) && KNOWN_BY[tab].test(bodyOf(screen));
      });
    };
    for (const [columns, rows] of [
      [60, 18],
      [80, 24],
      [120, 40],
      [200, 60],
    ] as const) {
      const screen = await show("overview", columns, rows);
      expectTidy(screen, columns, rows);
      expectGolden(`overview-${columns}x${rows}`, withoutLogPanel(screen));
    }
    for (const [columns, rows] of [
      [200, 60],
      [80, 24],
    ] as const) {
      for (const tab of TABS.slice(1)) {
        const screen = await show(tab, columns, rows);
        expectTidy(screen, columns, rows);
        // What took how long differs each time, and the order with it.
        if (tab !== "plugins")
          expectGolden(`${tab}-${columns}x${rows}`, tab === "log" ? withoutRepeats(screen) : screen);
        else expect(screen).toMatch(/top-3 .*active/);
      }
    }
    expect(terminal.colouredScreen()).toMatch(COLOUR);
    terminal.resize(40, 10);
    await terminal.until(/too small \(40x10\), needs 60x18/);
    terminal.resize(60, 18);
    expectTidy(await show("help", 60, 18), 60, 18);
  });

  it("reads values off, changes settings, and answers the mouse", async () => {
    const terminal = await openStanding(80, 24);
    const screenAfter = async (fits: RegExp, ...keys: readonly string[]): Promise<string> => {
      terminal.type(...keys);
      return await standingStill(terminal, (screen) => fits.test(screen));
    };
    await screenAfter(/no smoothing|smoothing 0.6/, "l", "m");
    await screenAfter(/┊/, "i");
    expectGolden("overview-read-80x24", await screenAfter(/─ 3 ━ 1\.\d+/, "Left"));
    await screenAfter(/^(?!.*┊)/s, "0");
    await screenAfter(/no smoothing/, "m", "m");
    await screenAfter(/axis: as each/, "l", "l");
    await screenAfter(/L2 penalty/, "e");
    await screenAfter(/ -3/, "Down", "Down", "-", "3");
    expectGolden("settings-80x24", await screenAfter(/-3: expected a whole number/, "Enter"));
    await screenAfter(/batch size +100 +50/, "BSpace", "BSpace", "5", "0");
    await screenAfter(/batch size from 100 to 50/, "Enter");
    await screenAfter(/batch 50/, "v");
    await terminal.until(/picture of the screen written to/);
    await screenAfter(/batch size from 50 to 100/, "u");
    expectGolden("stop-80x24", await screenAfter(/g, Esc/, "x"));
    await screenAfter(/^(?!.*g, Esc)/s, "Escape");
    await screenAfter(/checkpoint written to/, "c");

    terminal.mouse("click", columnOf(terminal.screen(), 1, "6 Log"), 1);
    await terminal.until(/Log ─/);
    terminal.mouse("click", columnOf(terminal.screen(), 1, "1 Overview"), 1);
    await terminal.until(/Loss ─/);
    terminal.mouse("click", 8, 5);
    await terminal.until(/┊/);
    terminal.mouse("wheel-up", 8, 5);
    await terminal.until((screen) => !/ 12 │/.test(screen));
    terminal.type("x", "s");
    await expectLeft(terminal, 0);
    const [run = ""] = readdirSync(join(terminal.folder, "runs"));
    expect(readdirSync(join(terminal.folder, "runs", run, "artifacts"))).toEqual(
      expect.arrayContaining(["screen-1-overview.svg", "weights.png"]),
    );
  });

  it("is plain ASCII where the locale is not UTF-8, and has no colour under NO_COLOR", async () => {
    const terminal = openTerminal(standing, { environment: { LC_ALL: "C", NO_COLOR: "1" } });
    await terminal.until(/trainscope +built-in sample/);
    terminal.type("Space");
    await terminal.until(/= paused/);
    await stepTo(terminal, 2);
    const screen = terminal.screen();
    expectGolden("overview-ascii-80x24", screen);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is what is meant.
    expect(screen).toMatch(/^[\x00-\x7f]*$/);
    for (const key of "2345678") {
      terminal.type(key);
      await terminal.until(/^ .*\[?Help/m);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: as above, and an escape sequence is what is looked for.
      expect(terminal.colouredScreen()).toMatch(/^[\x00-\x7f]*$/);
      expect(terminal.colouredScreen()).not.toMatch(COLOUR);
    }
  });

  it("a short run closes by itself, and prints the summary with every path", async () => {
    const terminal = openTerminal(["train", "--data", "sample", "--epochs", "3"], { columns: 100, rows: 40 });
    const screen = await expectLeft(terminal, 0);
    expect(screen).toMatch(/Completed after 3 of 3 epochs/);
    expect(screen).toMatch(/test accuracy +\d+\.\d\d %/);
    expect(screen).toMatch(/runs\/.+\/artifacts\/weights\.png/);
    expect(readdirSync(join(terminal.folder, "runs"))).toHaveLength(1);
  });

  it("trains on while it is watched, and q, then n, leaves at once without pictures", async () => {
    const frail = `export default { name: "frail", splits: ["train"], direction: "none",
      init: () => 0, update() { throw new Error("not today"); }, result: () => 0 };`;
    const terminal = openTerminal([...endless, "--plugin", "frail.ts"], {
      columns: 120,
      rows: 40,
      files: { "frail.ts": frail },
      environment: unhurried,
    });
    const epochOf = (screen: string): number => Number(/epoch +(\d+)\/100000/.exec(screen)?.[1] ?? 0);
    const early = epochOf(await terminal.until(/accuracy .*\d+\.\d\d %/));
    await terminal.until((screen) => epochOf(screen) > early + 5);
    // Its line in the log may have scrolled out of sight: an epoch takes milliseconds, and saves are told.
    terminal.type("7");
    await terminal.until(/frail .*disabled/);
    await terminal.until(/not today/);
    terminal.type("1");
    terminal.type("q");
    await terminal.until(/go on/);
    terminal.type("n");
    expect(await expectLeft(terminal, 130)).toContain("left at once");
    const [run = ""] = readdirSync(join(terminal.folder, "runs"));
    expect(readdirSync(join(terminal.folder, "runs", run)).sort()).toEqual([
      "checkpoints",
      "events.jsonl",
      "run.json",
      "sessions",
    ]);
  });

  it("Ctrl-C stops and saves; twice leaves at once; both end with 130", async () => {
    const once = openTerminal(endless, { columns: 100, rows: 40, environment: unhurried });
    // It is waited for when the run is over.
    const slow = `export default { name: "slow", connect: () => ({ subscribe: () => ({ unsubscribe() {} }) }) };`;
    const twice = openTerminal([...endless, "--plugin", "slow.js"], {
      files: { "slow.js": slow },
      environment: unhurried,
    });
    await once.until(/accuracy .*\d+\.\d\d %/);
    once.type("C-c");
    expect(await expectLeft(once, 130)).toMatch(/Stopped after \d+ of/);
    await twice.until(/accuracy .*\d+\.\d\d %/);
    twice.type("C-c");
    // Within a moment it would be taken for the same.
    await new Promise((resolve) => setTimeout(resolve, 500));
    twice.type("C-c");
    await expectLeft(twice, 130);
  });

  it("two Ctrl-C at once, as a key that bounces sends them, are one: it stops and saves", async () => {
    const terminal = openTerminal(endless, { columns: 100, rows: 40, environment: unhurried });
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    terminal.type("C-c", "C-c");
    expect(await expectLeft(terminal, 130)).toMatch(/Stopped after \d+ of/);
  });

  it("f ends the run with a checkpoint; a new one goes on in its place, drawn over it", async () => {
    const terminal = openTerminal(endless, { columns: 120, rows: 40, environment: unhurried });
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    terminal.type("f");
    await terminal.until(/This run ends here with a checkpoint/);
    terminal.type("0", "Enter");
    await terminal.until(/learning rate 0: expected a number above 0/);
    terminal.type("Escape");
    await terminal.until((screen) => !screen.includes("This run ends here") && screen.includes("● training"));
    terminal.type("f");
    await terminal.until(/This run ends here with a checkpoint/);
    terminal.type("5e-4", "Enter");
    const screen = await terminal.until(/━━ parent \d{8}-/);
    expect(screen).toMatch(/learning rate η 0\.0005/);
    terminal.type("x", "s");
    await expectLeft(terminal, 0);
    const out = join(terminal.folder, "runs");
    const [parent = [], fork = []] = readdirSync(out)
      .map((run) => eventsOf(readFileSync(join(out, run, "events.jsonl"), "utf8")))
      .sort(([one], [other]) => (one?.time ?? 0) - (other?.time ?? 0));
    expect(parent.at(-1)).toMatchObject({ type: "run:end", reason: "stopped" });
    const place = parent.findLast((event) => event.type === "checkpoint");
    expect(fork[0]).toMatchObject({
      type: "run:start",
      config: { learningRate: 5e-4 },
      parent: { runId: parent[0]?.runId, epoch: place?.epoch, batch: place?.batch },
    });
  });

  it.each(["TERM", "INT"])("SIG%s stops, saves, and puts the terminal right", async (signal) => {
    const terminal = openTerminal(endless, { columns: 100, rows: 40, environment: unhurried });
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    terminal.kill(signal);
    expect(await expectLeft(terminal, 130)).toMatch(/Stopped after \d+ of/);
  });

  it("a run that diverges closes with the reason and status 1", async () => {
    const terminal = openTerminal(["train", "--data", "sample", "--eta", "1e300"], { columns: 100 });
    const screen = await expectLeft(terminal, 1);
    expect(screen).toContain("try a lower learning rate");
  });
});
