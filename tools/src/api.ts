// `npm run api`: of each package the report of its API, `packages/*/api.md`, in which a change shows in review, and its reference,
// `docs/api/*.md`. Both are made from the types that are built. With --check it writes nothing, and fails where one is stale or an
// export has no comment.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type ApiEntry, type ApiItem, referencePage } from "./api-reference.ts";

/** API Extractor, as far as it is used: its own types need another compiler's. */
interface ApiExtractor {
  readonly Extractor: { invoke(config: unknown, options: object): unknown };
  readonly ExtractorConfig: { prepare(options: object): unknown };
}

const { Extractor, ExtractorConfig } = createRequire(import.meta.url)(
  "@microsoft/api-extractor",
) as ApiExtractor;

const { values } = parseArgs({ options: { check: { type: "boolean" } } });
const root = join(import.meta.dirname, "../..");
const temporary = mkdtempSync(join(tmpdir(), "trainscope-api-"));

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
}

interface Extracted extends ApiEntry {
  readonly report: string;
}

/** API Extractor knows one entry point a package, and its compiler no package of TypeScript 7. */
function extract(folder: string, specifier: string, types: string): Extracted {
  const main = join(folder, types);
  const name = specifier.replaceAll(/\W+/g, "-");
  const compilerOptions = {
    target: "es2024",
    lib: ["es2024", "dom"],
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    skipLibCheck: true,
    types: ["node"],
    jsx: "react-jsx",
  };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: main,
      newlineKind: "lf",
      compiler: { overrideTsconfig: { compilerOptions, files: [main] } },
      apiReport: {
        enabled: true,
        reportFolder: temporary,
        reportTempFolder: join(temporary, "temp"),
        reportFileName: `${name}.api.md`,
      },
      docModel: { enabled: true, apiJsonFilePath: join(temporary, `${name}.api.json`) },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: "none" } },
        extractorMessageReporting: { default: { logLevel: "none" } },
        tsdocMessageReporting: { default: { logLevel: "none" } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, "package.json"),
  });
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message: { handled: boolean }) {
      message.handled = true;
    },
  });
  const { members } = JSON.parse(readFileSync(join(temporary, `${name}.api.json`), "utf8")) as ApiItem;
  const report = readFileSync(join(temporary, `${name}.api.md`), "utf8");
  return {
    specifier,
    items: members?.[0]?.members ?? [],
    report: /```ts\n+([\s\S]*?)\n*```\s*$/.exec(report)?.[1] ?? "",
  };
}

function entriesOf(folder: string): Extracted[] {
  const { name, exports = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  return Object.entries(exports).flatMap(([path, target]) => {
    if (typeof target === "string" || target.types === undefined) return [];
    if (!existsSync(join(folder, target.types))) throw new Error(`${folder} is not built: npm run build`);
    return [extract(folder, name + path.slice(1), target.types)];
  });
}

function reportOf(entries: readonly Extracted[]): string {
  const parts = entries.map(({ specifier, report }) => `## ${specifier}\n\n\`\`\`ts\n${report}\n\`\`\``);
  const head =
    "# What this package exports\n\nMade by `npm run api`: a change here is a change for those who use it.";
  return `${[head, ...parts].join("\n\n")}\n`;
}

/** Relative paths of what is stale. */
function put(path: string, content: string): readonly string[] {
  const whole = join(root, path);
  if (existsSync(whole) && readFileSync(whole, "utf8") === content) return [];
  if (values.check !== true) writeFileSync(whole, content);
  return [path];
}

const problems: string[] = [];
mkdirSync(join(root, "docs/api"), { recursive: true });
try {
  for (const name of readdirSync(join(root, "packages"))) {
    const entries = entriesOf(join(root, "packages", name));
    if (entries.length === 0) continue;
    const [{ specifier = name } = {}] = entries;
    for (const { specifier: from, items } of entries) {
      const told = new Set(
        items.filter(({ docComment = "" }) => docComment !== "").map(({ name: own }) => own),
      );
      const bare = new Set(items.map(({ name: own }) => own).filter((own) => !told.has(own)));
      if (bare.size > 0) problems.push(`${from}: no comment on ${[...bare].join(", ")}`);
    }
    for (const path of [
      ...put(`packages/${name}/api.md`, reportOf(entries)),
      ...put(`docs/api/${name}.md`, referencePage(specifier, entries)),
    ]) {
      if (values.check === true) problems.push(`${path} is not what the built types say: npm run api`);
    }
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
process.stdout.write(problems.map((problem) => `${problem}\n`).join(""));
process.exitCode = problems.length === 0 ? 0 : 1;
