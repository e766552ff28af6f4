// The command: a name in, a folder with a project in it out.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { projectFiles } from "./project-files.ts";
import type { PluginKind } from "./templates.ts";

/** What came of it, in words, and whether it failed. */
export interface Outcome {
  /** The input was wrong, or the folder can't be written; nothing was. */
  readonly isError: boolean;
  /** What is to be said to the user. */
  readonly lines: readonly string[];
}

const USAGE = [
  "usage: npm create @trainscope/plugin FOLDER [-- --exporter]",
  "",
  "Makes a project for a metric of your own, or with --exporter for an exporter, in a new folder or an empty one.",
  "The package is called like the folder, or as --name says.",
];

/** Never throws for what is wrong with the input. `from`: the folder that paths are taken from. */
export function createPlugin(args: readonly string[], from: string): Outcome {
  if (args.includes("--help")) return { isError: false, lines: USAGE };
  const kind: PluginKind = args.includes("--exporter") ? "exporter" : "metric";
  const at = args.indexOf("--name");
  const given = at === -1 ? undefined : args[at + 1];
  const others = args.filter((arg, i) => arg !== "--exporter" && (at === -1 || (i !== at && i !== at + 1)));
  const [folder, ...more] = others;
  const unknown = [...more, ...others.filter((arg) => arg.startsWith("-"))][0];
  if (unknown !== undefined) return refuse(`there is no ${JSON.stringify(unknown)} to be given`, ...USAGE);
  if (folder === undefined) return refuse("the folder is missing", ...USAGE);
  const packageName = given ?? basename(resolve(from, folder));
  if (!PACKAGE_NAME.test(packageName)) {
    const found = `${JSON.stringify(packageName)} is no name of a package and a plugin`;
    return refuse(`${found}; expected lower case words joined by hyphens, such as trainscope-own-label`);
  }
  const name = packageName.replace(/^@[^/]+\//, "").replace(/^trainscope-(?:plugin-)?/, "");
  return write(resolve(from, folder), folder, projectFiles({ kind, packageName, name, version: ownVersion() }));
}

const PACKAGE_NAME = /^(?:@[a-z0-9][a-z0-9-]*\/)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

function write(path: string, shown: string, files: Readonly<Record<string, string>>): Outcome {
  try {
    if (existsSync(path) && readdirSync(path).length > 0)
      return refuse(`${shown} is there already, and not empty`);
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), content);
    }
  } catch (error) {
    return refuse(`can't write ${shown}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const steps = [`cd ${shown}`, "npm install", "npm test", "npm run try"];
  return { isError: false, lines: [`${shown} is made. Next:`, ...steps.map((step) => `  ${step}`)] };
}

function refuse(...lines: readonly [string, ...string[]]): Outcome {
  return { isError: true, lines: [`create-plugin: ${lines[0]}`, ...lines.slice(1)] };
}

/** All packages of trainscope have one. */
function ownVersion(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8"));
  return (manifest as { version: string }).version;
}
