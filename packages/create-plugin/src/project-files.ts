// The files of a project that is a plugin, and a package.
import { type PluginKind, pluginCode } from "./templates.ts";

/** What a project is made from. */
export interface ProjectOptions {
  readonly kind: PluginKind;
  /** The package's. */
  readonly packageName: string;
  /** The plugin's: lower case words joined by hyphens. */
  readonly name: string;
  /** Of trainscope, whose packages have one version. */
  readonly version: string;
}

/** By path. */
export function projectFiles({
  kind,
  packageName,
  name,
  version,
}: ProjectOptions): Readonly<Record<string, string>> {
  const { constant, imports, definition, test } = pluginCode(kind, name);
  const range = `^${version}`;
  return {
    "package.json": `${JSON.stringify(manifest(packageName, kind, range), null, 2)}\n`,
    "tsconfig.json": `${JSON.stringify(TSCONFIG, null, 2)}\n`,
    ".gitignore": "node_modules\ndist\nruns\n",
    "src/index.ts": `import { ${[...imports, "definePlugin"].sort().join(", ")} } from "@trainscope/core";

${definition}
export default definePlugin({ name: "${name}", ${kind}s: [${constant}] });
`,
    [`src/${name}.test.ts`]: test("./index.ts"),
    "trainscope.config.ts": `// What npm run try trains with.
import { defineConfig } from "@trainscope/core";
import plugin from "./src/index.ts";

export default defineConfig({ data: "sample", settings: { epochs: 5 }, plugins: [plugin] });
`,
    "README.md": readme(packageName, kind, constant),
  };
}

function manifest(name: string, kind: PluginKind, range: string) {
  return {
    name,
    version: "0.1.0",
    description: `A ${kind} for trainscope.`,
    license: "MIT",
    keywords: ["trainscope", "trainscope-plugin"],
    type: "module",
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
    files: ["dist"],
    scripts: { try: "trainscope train", test: "vitest run", build: "tsc", prepack: "tsc" },
    peerDependencies: { "@trainscope/core": range },
    devDependencies: { "@trainscope/core": range, trainscope: range, typescript: ">=5.7", vitest: ">=3" },
  };
}

/** Node.js runs no TypeScript of an installed package, so what is published is JavaScript. */
const TSCONFIG = {
  compilerOptions: {
    target: "es2024",
    module: "nodenext",
    strict: true,
    skipLibCheck: true,
    rootDir: "src",
    outDir: "dist",
    declaration: true,
    types: [],
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
  },
  include: ["src"],
  exclude: ["src/**/*.test.ts"],
};

function readme(packageName: string, kind: PluginKind, constant: string): string {
  return `# ${packageName}

A ${kind} for [trainscope](https://www.npmjs.com/package/trainscope).

\`\`\`sh
npm install ${packageName}
npx trainscope train --plugin ${packageName}
\`\`\`

or in \`trainscope.config.ts\`: \`plugins: ["${packageName}"]\`.

## Working on it

\`npm run try\` trains with it on the built-in sample, \`npm test\` holds \`${constant}\` to its contract, \`npm publish\` builds
and publishes it.
`;
}
