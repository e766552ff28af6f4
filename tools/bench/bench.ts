// `npm run bench`: measures the parts that were asked for, prints a table for each, and writes the figures as JSON.
// Ends with 1 where a program failed or came to another result than the reference, with 2 for wrong options.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import { describeMachine } from "./machine.ts";
import { HELP, parseOptions } from "./options.ts";
import { runPart } from "./parts/run-part.ts";
import type { PartReport } from "./report.ts";
import { formatTable } from "./table.ts";
import { chooseData } from "./work/choose-data.ts";

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const data = await chooseData(options.data, options.isQuick ? 200 : 10_000);
  if (options.json !== undefined) writeJson(options.json, {});
  const machine = describeMachine();
  const { processor, cores, memory, system, node } = machine;
  process.stdout.write(`${processor}, ${cores} cores, ${memory} GiB; ${system}; Node.js ${node}\n`);
  process.stdout.write(`Data: ${data.name}.\n\n`);

  const folder = mkdtempSync(join(tmpdir(), "trainscope-bench-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const reports: PartReport[] = [];
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      remove();
      process.exit(130);
    });
  }
  try {
    for (const part of options.parts) {
      process.stderr.write(`measuring ${part} ...\n`);
      const own = join(folder, part);
      mkdirSync(own);
      const report = await runPart(part, { options, data, folder: own });
      reports.push(report);
      process.stdout.write(describe(report));
      const date = new Date().toISOString();
      if (options.json !== undefined) {
        writeJson(options.json, { date, machine, data: data.name, options, parts: reports });
      }
    }
  } finally {
    remove();
  }
  return reports.some(({ errors }) => errors.length > 0) ? 1 : 0;
}

function describe({ title, table, notes, errors }: PartReport): string {
  const lines = [title, "", formatTable(table), "", ...notes, ...errors.map((error) => `WRONG: ${error}`)];
  return `${lines.join("\n").trimEnd()}\n\n`;
}

/** Once before everything too: a file that can't be written shall not be found out an hour later. */
function writeJson(file: string, value: unknown): void {
  try {
    writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
  } catch (cause) {
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `${file} can't be written: ${messageOf(cause)}`, {
      cause,
    });
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`bench: ${messageOf(thrown)}\n`);
  if (!(thrown instanceof TrainscopeError)) process.stderr.write(`${(thrown as Error).stack ?? ""}\n`);
  process.exitCode = thrown instanceof TrainscopeError ? 2 : 1;
}
