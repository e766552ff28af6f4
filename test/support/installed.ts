// Empty projects in which some packages are installed alone, made of one project that has been installed with more: they have
// what those packages declare, and what that declares, by npm's lock file, and nothing else. An installation each
// would take minutes.
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

/** By path: `node_modules/name`, or within another package's folder. */
type Lock = Readonly<Record<string, LockedPackage>>;

interface Options {
  /** Whether optional dependencies are installed, too: yes, unless `false`. */
  readonly optional?: boolean;
}

/** Makes the folder `project`, where there is none, and gives it. The files are links: nobody may write to them. */
export function installFrom(
  installed: string,
  project: string,
  names: readonly string[],
  { optional = true }: Options = {},
): string {
  const lock: Lock = JSON.parse(readFileSync(join(installed, "package-lock.json"), "utf8")).packages;
  mkdirSync(project, { recursive: true });
  const manifest = join(project, "package.json");
  if (!existsSync(manifest)) writeFileSync(manifest, JSON.stringify({ private: true, type: "module" }));
  for (const path of needed(lock, names, optional)) {
    if (!existsSync(join(installed, path))) {
      // What is for other platforms is locked, and not installed.
      if (lock[path]?.optional || lock[path]?.devOptional) continue;
      throw new Error(`${path} is in the lock of ${installed}, and isn't installed`);
    }
    linkFiles(join(installed, path), join(project, path));
    // Others' commands are for themselves.
    if (names.some((name) => path === `node_modules/${name}`))
      linkCommands(project, path, lock[path]?.bin ?? {});
  }
  return project;
}

function needed(lock: Lock, names: readonly string[], optional: boolean): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = names.map((name) => ({ name, from: "", isOptional: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, from, isOptional } = next;
    const path = pathFrom(lock, from, name);
    if (path === undefined) {
      // npm locks what is for the platforms that it knows of.
      if (isOptional) continue;
      throw new Error(
        `${name}, which ${from === "" ? "was asked for" : `${from} declares`}, is not in the lock`,
      );
    }
    if (found.has(path)) continue;
    found.add(path);
    const {
      dependencies = {},
      optionalDependencies = {},
      peerDependencies = {},
      peerDependenciesMeta = {},
    } = lock[path] ?? {};
    const peers = Object.keys(peerDependencies).filter((peer) => peerDependenciesMeta[peer]?.optional !== true);
    for (const required of [...Object.keys(dependencies), ...peers]) {
      waiting.push({ name: required, from: path, isOptional: false });
    }
    if (!optional) continue;
    for (const other of Object.keys(optionalDependencies)) {
      waiting.push({ name: other, from: path, isOptional: true });
    }
  }
  return found;
}

/** As Node.js looks for it: in the package's own folder, and then in those around it. */
function pathFrom(lock: Lock, from: string, name: string): string | undefined {
  const at = from === "" ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (at in lock) return at;
  return from === ""
    ? undefined
    : pathFrom(lock, from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))), name);
}

/** Without the packages within it, which come by themselves where they are needed. */
function linkFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules") linkFiles(source, target);
    } else linkSync(source, target);
  }
}

function linkCommands(project: string, path: string, bin: Readonly<Record<string, string>>): void {
  const folder = join(project, "node_modules/.bin");
  mkdirSync(folder, { recursive: true });
  for (const [command, file] of Object.entries(bin)) {
    symlinkSync(join(relative(folder, join(project, path)), file), join(folder, command));
  }
}
