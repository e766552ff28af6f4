// The programs of a package's README, as files of a project.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "./command.ts";

const run = promisify(execFile);

export function programsOf(name: string): readonly string[] {
  const readme = readFileSync(join(root, "packages", name, "README.md"), "utf8");
  return [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ""]) => text);
}

/** A file each, those that are tests named as such. */
export function writePrograms(project: string, name: string): void {
  programsOf(name).forEach((text, index) => {
    const suffix = text.includes("/testing") ? "test.ts" : "ts";
    writeFileSync(join(project, `${name}-${index}.${suffix}`), text);
  });
}

/** Of all programs in the project's folder, without the DOM's types, of which nothing of ours needs any. */
export async function errorsOfTypes(
  project: string,
  compiler: string,
  resolution: readonly string[],
): Promise<string> {
  const programs = readdirSync(project).filter((file) => file.endsWith(".ts"));
  const flags = ["--noEmit", "--strict", "--target", "es2024", "--lib", "es2024", "--types", "node"];
  return await run(compiler, [...flags, "--skipLibCheck", "false", ...resolution, ...programs], {
    cwd: project,
  }).then(
    () => "",
    (error: { stdout?: string }) => error.stdout ?? String(error),
  );
}
