import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPlugin } from "./index.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-create-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(folder, path), "utf8");

describe("createPlugin", () => {
  it("makes a project whose package has the folder's name, and says what comes next", () => {
    const { isError, lines } = createPlugin(["trainscope-own-label"], folder);
    expect([isError, lines[0], lines[1]]).toEqual([
      false,
      "trainscope-own-label is made. Next:",
      "  cd trainscope-own-label",
    ]);
    expect(JSON.parse(read("trainscope-own-label/package.json"))).toMatchObject({
      name: "trainscope-own-label",
    });
    expect(read("trainscope-own-label/src/index.ts")).toContain(
      'export const ownLabel = defineMetric({\n  name: "own-label"',
    );
    expect(read("trainscope-own-label/src/own-label.test.ts")).toContain("describeMetric(ownLabel)");
  });

  it("makes an exporter, of another name than the folder's, in one that is there and empty", () => {
    expect(createPlugin([".", "--exporter", "--name", "@me/final-figures"], folder).isError).toBe(false);
    expect(JSON.parse(read("package.json"))).toMatchObject({ name: "@me/final-figures" });
    expect(read("src/index.ts")).toContain("export const finalFigures = defineExporter({");
  });

  it.each([
    [[], "the folder is missing"],
    [["a", "b"], 'there is no "b" to be given'],
    [["a", "--metrics"], 'there is no "--metrics" to be given'],
    [["Own Label"], '"Own Label" is no name of a package and a plugin'],
    [["a", "--name", "5"], '"5" is no name of a package and a plugin'],
  ])("refuses %j, and writes nothing", (args, message) => {
    const { isError, lines } = createPlugin(args, folder);
    expect(isError).toBe(true);
    expect(lines[0]).toContain(`create-plugin: ${message}`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves alone what is there already", () => {
    writeFileSync(join(folder, "mine.txt"), "mine");
    const { isError, lines } = createPlugin([".", "--name", "own"], folder);
    expect([isError, lines[0]]).toEqual([true, "create-plugin: . is there already, and not empty"]);
    expect(readdirSync(folder)).toEqual(["mine.txt"]);
  });

  it("helps", () => {
    expect(createPlugin(["--help"], folder).lines[0]).toContain("npm create @trainscope/plugin FOLDER");
  });
});
