// Builds the native engine, in the working folder, where a C compiler is at hand. Where one isn't, or the build
// fails, one line says so and nothing else is lost: the wasm engine serves. What is up to date is left alone, and what
// failed is not tried again until a source or a tool has changed. With --check it only tells whether there is anything to do.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const folder = process.cwd();
const build = join(folder, "build");
/** What was built, or tried to, and how that ended. */
const stamp = join(build, "trainscope-build.json");
const log = join(build, "build.log");

interface Outcome {
  readonly fingerprint: string;
  readonly failure: string | null;
  /** What else there was to build with. */
  readonly tools: string;
}

/** A program's own words for its version; none where it isn't there. */
function versionOf(command: string, ...words: readonly string[]): string {
  const { status, stdout } = spawnSync(command, [...words, "--version"], { encoding: "utf8" });
  return status === 0 ? (stdout.split("\n", 1)[0] ?? "") : "";
}

/** Its version and flags; none where there is no compiler. CC may hold flags, or two programs: "ccache gcc". */
function findCompiler(): string {
  const [command = process.platform === "win32" ? "clang-cl" : "cc", ...words] =
    process.env.CC?.split(/\s+/).filter(Boolean) ?? [];
  const version = versionOf(command, ...words);
  return version === "" ? "" : [version, ...words].join(" ");
}

/** What node-gyp takes besides the compiler. */
function findTools(): string {
  const { NODE_GYP_FORCE_PYTHON, PYTHON, MAKE = "make" } = process.env;
  const pythons = NODE_GYP_FORCE_PYTHON ? [NODE_GYP_FORCE_PYTHON] : [PYTHON ?? "", "python3", "python"];
  const python = pythons.map((command) => command && versionOf(command)).find(Boolean) ?? "";
  return [python, versionOf(MAKE), ...headers(), findNodeGyp() ?? ""].join("\n");
}

/** Of all that the engine is made of and by. Node-API is the same for every Node.js. */
function fingerprintOf(compiler: string): string {
  const hash = createHash("sha256").update(`${compiler} ${process.platform} ${process.arch}`);
  hash.update(readFileSync(import.meta.filename)).update(readFileSync(join(folder, "binding.gyp")));
  for (const name of readdirSync(join(folder, "native")).sort()) {
    hash.update(name).update(readFileSync(join(folder, "native", name)));
  }
  return hash.digest("hex");
}

function lastOutcome(): Outcome | undefined {
  return existsSync(stamp) ? (JSON.parse(readFileSync(stamp, "utf8")) as Outcome) : undefined;
}

function isCurrent(fingerprint: string): boolean {
  const last = lastOutcome();
  if (last?.fingerprint !== fingerprint) return false;
  if (last.failure === null) return existsSync(join(build, "Release/engine_native.node"));
  // Where headers are fetched the network may have failed, which nothing here tells.
  return last.tools === findTools() && (compiler === "" || headers().length > 0);
}

/** npm brings its own node-gyp. */
function findNodeGyp(): string | undefined {
  const npms = (process.env.PATH ?? "")
    .split(delimiter)
    .map((place) => join(place, "npm"))
    .filter(existsSync)
    .map((npm) => join(dirname(realpathSync(npm)), "../node_modules/node-gyp/bin/node-gyp.js"));
  const beside = join(dirname(process.execPath), "node_modules/npm/node_modules/node-gyp/bin/node-gyp.js");
  return [process.env.npm_config_node_gyp, ...npms, beside].find((path) => path && existsSync(path));
}

/** Where this Node.js has its headers; without them node-gyp fetches them. */
function headers(): readonly string[] {
  const root = join(dirname(realpathSync(process.execPath)), "..");
  return existsSync(join(root, "include/node/node_api.h")) ? [`--nodedir=${root}`] : [];
}

/** Why it failed, else `null`. */
function compile(compiler: string): string | null {
  if (compiler === "") return "there is no C compiler";
  const nodeGyp = findNodeGyp();
  if (nodeGyp === undefined) return "npm's node-gyp was not found";
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [nodeGyp, "rebuild", "--loglevel=error", ...headers()],
    { cwd: folder, encoding: "utf8" },
  );
  const output = stdout + stderr;
  mkdirSync(build, { recursive: true });
  writeFileSync(log, output);
  if (status === 0) return null;
  const line = output.split("\n").find((each) => /error|ERR!/i.test(each));
  return line?.replace(/^gyp ERR! /, "").trim() || `node-gyp ended with status ${status}`;
}

const compiler = findCompiler();
const fingerprint = fingerprintOf(compiler);
if (process.argv.includes("--check")) {
  process.exitCode = isCurrent(fingerprint) ? 0 : 1;
} else if (!isCurrent(fingerprint)) {
  const failure = compile(compiler);
  mkdirSync(build, { recursive: true });
  writeFileSync(stamp, `${JSON.stringify({ fingerprint, failure, tools: findTools() } satisfies Outcome)}\n`);
  if (failure !== null) {
    const where = existsSync(log) ? `; see ${log}` : "";
    process.stderr.write(`the native engine was not built: ${failure}${where}. The wasm engine serves.\n`);
  }
}
