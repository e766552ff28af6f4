import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserEnvironment, findBrowser, usualPlaces } from "./find-browser.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-browsers-"));
  for (const place of ["a/google-chrome", "b/chromium", "b/notes"]) {
    mkdirSync(join(folder, place, ".."), { recursive: true });
    writeFileSync(join(folder, place), "");
    if (!place.endsWith("notes")) chmodSync(join(folder, place), 0o755);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = (env: BrowserEnvironment["env"]): BrowserEnvironment => ({ platform: "linux", env });
const onPath = (...names: string[]): string => names.map((name) => join(folder, name)).join(delimiter);

test("CHROME_PATH comes before what is on PATH, and Chromium before Chrome", async () => {
  const PATH = onPath("a", "b");
  expect(await findBrowser(environment({ PATH }))).toBe(join(folder, "b/chromium"));
  const chosen = join(folder, "a/google-chrome");
  expect(await findBrowser(environment({ PATH, CHROME_PATH: chosen }))).toBe(chosen);
});

test("a CHROME_PATH that can't be run is an error, not passed over", async () => {
  const CHROME_PATH = join(folder, "b/notes");
  await expect(findBrowser(environment({ PATH: onPath("b"), CHROME_PATH }))).rejects.toMatchObject({
    code: "NOT_SUPPORTED",
    message: expect.stringContaining(CHROME_PATH),
  });
});

test("where there is none, the error says what to do", async () => {
  await expect(findBrowser(environment({ PATH: join(folder, "nothing") }))).rejects.toMatchObject({
    code: "NOT_SUPPORTED",
    hint: expect.stringContaining("CHROME_PATH"),
  });
});

test("macOS and Windows have places of their own", () => {
  expect(usualPlaces({ platform: "darwin", env: {} })).toContain(
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  );
  expect(usualPlaces({ platform: "win32", env: { PROGRAMFILES: "C:\\Program Files" } })).toContain(
    "C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe",
  );
});
