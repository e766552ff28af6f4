// The report's page in a real browser, from the file itself: what a reader sees and can do.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createReport, printPdf } from "@trainscope/study/report";
import type { StudyResults } from "@trainscope/study/results";
import { seededStudy } from "@trainscope/study/testing";
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const HOSTILE = `<img src=x onerror="document.title='run'"></script><script>document.title='run'</script>`;

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
if (executablePath === undefined) {
  process.stderr.write("There is no Chromium here: the tests of the report's page are skipped.\n");
}

describe.skipIf(executablePath === undefined)("the report in Chromium", () => {
  let folder: string;
  let html: string;
  /** The same with markup for names. */
  let hostile: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "trainscope-report-"));
    [html, hostile] = [join(folder, "report.html"), join(folder, "hostile.html")];
    const study = seededStudy({ seeds: 2 });
    const classNames = study.data.classNames.map((name) => `${name} ${HOSTILE}`);
    await write(html, study, "npx trainscope report");
    const classes = study.bestModel.classes.map((one, k) => ({ ...one, name: classNames[k] ?? "" }));
    await write(
      hostile,
      {
        ...study,
        data: { ...study.data, name: HOSTILE, classNames },
        bestModel: { ...study.bestModel, classes },
      },
      `echo ${HOSTILE}`,
    );
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function write(path: string, study: StudyResults, command: string): Promise<void> {
    const report = createReport(study, {
      command,
      generatedAt: new Date(0),
      versions: { trainscope: "0.1.0" },
    });
    for await (const file of report.files()) if (file.path === "report.html") writeFileSync(path, file.content);
  }

  interface Opened {
    readonly page: Page;
    /** What was said on the console, and thrown. */
    readonly said: string[];
    readonly requests: string[];
  }

  async function open(options: BrowserContextOptions = {}, path = html): Promise<Opened> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const [said, requests]: [string[], string[]] = [[], []];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    return { page, said, requests };
  }

  async function drawn(page: Page, chart: string): Promise<Locator> {
    const place = page.locator(`[data-chart="${chart}"]`);
    await place.scrollIntoViewIfNeeded();
    await page.locator(`[data-chart="${chart}"][data-drawn]`).waitFor();
    return place;
  }

  const names = (page: Page): Promise<string[]> =>
    page.locator("[data-chart]").evaluateAll((all) => all.map((one) => one.getAttribute("data-chart") ?? ""));

  it("opens without an error or a request, with every chart drawn", async () => {
    const { page, said, requests } = await open();
    const charts = await names(page);
    expect(charts.length).toBeGreaterThan(12);
    for (const name of charts) {
      const marks = (await drawn(page, name)).locator(
        ".live svg .mark-line path, .live svg .mark-symbol path, .live svg .mark-rect path, .live svg .mark-area path",
      );
      expect(await marks.count(), name).toBeGreaterThan(0);
      expect(await page.locator(`[data-chart="${name}"] .static`).isVisible(), name).toBe(false);
    }
    expect(await page.locator("[data-failed]").count()).toBe(0);
    expect(said).toEqual([]);
    expect(requests.filter((url) => !url.startsWith("data:"))).toEqual([pathToFileURL(html).href]);
    await page.context().close();
  });

  it("shows markup in names as text, in charts, tables and tooltips", async () => {
    const { page, said } = await open({}, hostile);
    const svg = (await drawn(page, "best-confusion")).locator(".live svg");
    expect(await svg.textContent()).toContain("airplane <img");
    await svg.locator(".mark-rect path").first().hover();
    await page.locator(".tooltip").waitFor();
    expect(await page.locator(".tooltip").textContent()).toContain(HOSTILE);
    expect(await page.locator("pre").last().textContent()).toBe(`echo ${HOSTILE}`);
    expect(await page.locator("body img").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(4);
    expect(await page.title()).toBe("Training a linear classifier");
    expect(said).toEqual([]);
    await page.context().close();
  });

  it("moves the templates of all settings with one slider, by mouse, keys and the play button", async () => {
    const { page } = await open();
    const figure = page.locator("[data-templates]").first();
    const tiles = figure.locator(".tile");
    const slider = figure.getByRole("slider", { name: "Epoch" });
    const shots = async (): Promise<string[]> => [
      (await tiles.first().screenshot()).toString("base64"),
      (await tiles.last().screenshot()).toString("base64"),
    ];
    await figure.scrollIntoViewIfNeeded();
    expect(await slider.getAttribute("aria-valuetext")).toBe("Epoch 40");
    const [first, last] = await shots();
    await slider.focus();
    await page.keyboard.press("Home");
    expect(await slider.getAttribute("aria-valuetext")).toBe("Epoch 1");
    expect(await figure.locator(".epoch").allTextContents()).toEqual(Array(4).fill("epoch 1"));
    const [before, beforeLast] = await shots();
    expect(before).not.toBe(first);
    expect(beforeLast).not.toBe(last);
    await figure.getByRole("button", { name: "Play" }).click();
    await figure.locator("output", { hasText: "40" }).waitFor();
    await figure.getByRole("button", { name: "Play" }).waitFor();
    expect(await shots()).toEqual([first, last]);
    await page.context().close();
  });

  it("sorts tables by number and by text, up and down", async () => {
    const { page } = await open();
    const table = page.getByRole("table", { name: "Improvements by their gain" });
    const gains = async (): Promise<number[]> =>
      (await table
        .locator("tbody tr td:nth-child(5)")
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute("data-value"))))) as number[];
    const header = table.locator("thead th").nth(4);
    await header.getByRole("button").click();
    expect(await header.getAttribute("aria-sort")).toBe("descending");
    const down = await gains();
    expect(down).toEqual(down.toSorted((a, b) => b - a));
    await header.getByRole("button").click();
    expect(await header.getAttribute("aria-sort")).toBe("ascending");
    expect(await gains()).toEqual(down.toReversed());
    const first = table.locator("thead th").first();
    await first.getByRole("button").click();
    const titles = await table.locator("tbody th").allTextContents();
    expect(titles).toEqual(titles.toSorted((a, b) => a.localeCompare(b)));
    expect(await header.getAttribute("aria-sort")).toBe(null);
    await page.context().close();
  });

  it("answers the pointer, and a finger, with the numbers under it", async () => {
    for (const options of [{}, { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } }]) {
      const { page } = await open(options);
      const svg = (await drawn(page, "settings-accuracy")).locator(".live svg");
      await svg.scrollIntoViewIfNeeded();
      const box = await svg.boundingBox();
      if (box === null) throw new Error("no chart");
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await ("hasTouch" in options ? page.touchscreen.tap(x, y) : page.mouse.move(x, y));
      const tooltip = page.locator(".tooltip");
      await tooltip.waitFor();
      expect(await tooltip.textContent()).toMatch(/Epoch\d+.*λ = 0, η = 0\.1\d+\.\d/);
      await page.context().close();
    }
  });

  it("changes between light and dark, follows the system, and remembers what was chosen", async () => {
    const { page } = await open({ colorScheme: "dark" });
    const paper = (): Promise<string> => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const line = async (): Promise<string | null> =>
      (await drawn(page, "setting-2")).locator(".live svg .mark-line path").first().getAttribute("stroke");
    expect(await paper()).toBe("rgb(21, 23, 26)");
    const dark = await line();
    const button = (name: string): Locator => page.getByRole("button", { name });
    await button("light colours").click();
    expect(await paper()).toBe("rgb(255, 255, 255)");
    const light = await line();
    expect(light).not.toBe(dark);
    // There and back while the chart is out of sight.
    await button("dark colours").click();
    await button("light colours").click();
    expect(await line()).toBe(light);
    await page.reload();
    expect(await paper()).toBe("rgb(255, 255, 255)");
    await page.context().close();
  });

  it("fits a phone: charts are laid out anew, and only tables scroll sideways", async () => {
    const { page } = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    for (const name of await names(page)) {
      const chart = await drawn(page, name);
      expect(await chart.getAttribute("data-drawn")).toBe("narrow light");
      const text = await chart.locator(".live svg text").first().boundingBox();
      // Text that is shrunk to fit would be lower than this.
      expect(text?.height ?? 0, name).toBeGreaterThan(9);
    }
    const [width, screen] = await page.evaluate<[number, number]>(
      "[document.documentElement.scrollWidth, innerWidth]",
    );
    expect(width).toBe(screen);
    await page.context().close();
  });

  it("shows figures and tables without JavaScript too", async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.locator(".static svg").count()).toBe(await page.locator("[data-chart]").count());
    expect(await page.locator(".static").first().isVisible()).toBe(true);
    expect(await page.locator(".tile").first().isVisible()).toBe(true);
    await page.context().close();
  });

  it("has one first heading, no level left out, and a name for all that can be worked", async () => {
    const { page } = await open();
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((all) => all.map((one) => Number(one.tagName[1])));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, i) => {
      expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
    for (const role of ["button", "slider", "region", "table", "link"] as const) {
      const all = page.getByRole(role);
      expect(await page.getByRole(role, { name: /\S/ }).count()).toBe(await all.count());
    }
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the report");
    const targets = await page
      .locator("nav a")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
    expect(targets.length).toBeGreaterThan(8);
    for (const target of targets) expect(await page.locator(target).count(), target).toBe(1);
    await page.context().close();
  });

  it("is printed to a PDF by the browser itself", async () => {
    const pdf = join(folder, "report.pdf");
    await printPdf({ html, pdf, ...(executablePath === undefined ? {} : { browser: executablePath }) });
    const bytes = readFileSync(pdf);
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(bytes.subarray(-8).toString()).toContain("%%EOF");
    // Several pages, each an object in the file.
    expect(bytes.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0).toBeGreaterThan(5);
  });
});
