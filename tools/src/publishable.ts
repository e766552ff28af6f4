// What is published of a package: its compiled files without maps, since their sources stay here, its README, the licence and
// the changelog of all, and a manifest without what only serves this repository.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Leads to sources, which are not published. */
const SOURCE_CONDITION = "@trainscope/source";

interface Manifest {
  readonly name: string;
  readonly files: readonly string[];
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly devDependencies?: unknown;
  readonly version?: string;
  /** Of a package with a compiled part: each has a package of its own with it, which only that platform installs. */
  readonly platforms?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [field: string]: unknown;
}

export function publishedManifest({ devDependencies: _, platforms, ...rest }: Manifest): Manifest {
  const { name, version } = rest;
  const compiled = Object.keys(platforms ?? {}).map((platform) => [`${name}-${platform}`, version]);
  const manifest: Manifest =
    platforms === undefined ? rest : { ...rest, optionalDependencies: Object.fromEntries(compiled) };
  if (manifest.exports === undefined) return manifest;
  const exports = Object.entries(manifest.exports).flatMap(([path, target]) => {
    if (typeof target === "string") return [[path, target]];
    const { [SOURCE_CONDITION]: _source, ...conditions } = target;
    // What leads to nothing but sources is for this repository's tests.
    return Object.keys(conditions).length === 0 ? [] : [[path, conditions]];
  });
  return { ...manifest, exports: Object.fromEntries(exports) };
}

/** Of all packages. */
const CHANGELOG = "CHANGELOG.md";
const SHARED_FILES = ["LICENSE", CHANGELOG];

/** Lays it out in the new folder `to`, with `root`'s licence and changelog. Throws where that is there already: what is in it would be published too. */
export function layOut(packageFolder: string, root: string, to: string): void {
  const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as Manifest;
  mkdirSync(to);
  for (const pattern of [...manifest.files, "README.md"]) {
    if (pattern.startsWith("!")) continue;
    const source = join(packageFolder, pattern);
    if (!existsSync(source)) throw new Error(`${source} is missing; run: npm run build`);
    cpSync(source, join(to, pattern), { recursive: true, filter: isPublished });
  }
  for (const name of SHARED_FILES) cpSync(join(root, name), join(to, name));
  forgetMaps(to);
  const readme = readFileSync(join(to, "README.md"), "utf8");
  writeFileSync(
    join(to, "README.md"),
    publishedReadme(readme, (path) => existsSync(join(to, path))),
  );
  // npm packs a licence and a README by itself, and no changelog.
  const published = publishedManifest({ ...manifest, files: [...manifest.files, CHANGELOG] });
  writeFileSync(join(to, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
}

/** Links and pictures that lead to a file here, as a whole, a picture's mark, label and path. */
const LOCAL_LINK = /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)]+)\)/g;

/** A link to a source leads to its types; where what it leads to isn't published, its words stay, and a picture goes. */
export function publishedReadme(text: string, isThere: (path: string) => boolean): string {
  const parts = text.split(/^(```[\s\S]*?^```)$/m);
  const linked = parts.map((part) =>
    part.startsWith("```")
      ? part
      : part.replace(LOCAL_LINK, (_, mark: string, label: string, path: string) => {
          const target = path.replace(/^src\/(.*)\.tsx?$/, "dist/$1.d.ts");
          if (isThere(target)) return `${mark}[${label}](${target})`;
          return mark === "" ? label : "";
        }),
  );
  return linked.join("").replace(/\n{3,}/g, "\n\n");
}

/**
 * Lays out in the new folder `to` what a platform gets beside a package: the compiled part `file`, as the package's only module. False
 * where the package has none, or none for the platform.
 */
export function layOutPlatform(packageFolder: string, platform: string, file: string, to: string): boolean {
  const manifest = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as Manifest;
  const more = manifest.platforms?.[platform];
  if (more === undefined || !existsSync(file)) return false;
  const { name, version, license, engines } = manifest;
  const [os, cpu] = platform.split("-");
  mkdirSync(to);
  const main = basename(file);
  cpSync(file, join(to, main));
  writeFileSync(
    join(to, "README.md"),
    `# ${name}-${platform}\n\nThe compiled part of ${name} for ${platform}.\n`,
  );
  const own = {
    name: `${name}-${platform}`,
    version,
    description: `The compiled part of ${name} for ${platform}.`,
    license,
    type: "commonjs",
    main,
    files: [main],
    engines,
    os: [os],
    cpu: [cpu],
    ...more,
  };
  writeFileSync(join(to, "package.json"), `${JSON.stringify(own, null, 2)}\n`);
  return true;
}

function isPublished(path: string): boolean {
  return !/\.(map|tsbuildinfo)$/.test(path);
}

/** Removes the comments that name a map. */
function forgetMaps(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) forgetMaps(path);
    else if (/\.(js|d\.ts)$/.test(name)) {
      writeFileSync(path, readFileSync(path, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"));
    }
  }
}
