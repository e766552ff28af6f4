// Hugging Face's trackio: a SQLite database a project, a row a call of `log`. Node's own SQLite reads it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf, TrainscopeError } from "@trainscope/core/errors";
import type { Entry, Format, Reader } from "../format.ts";
import { isObject, type LooseObject, parseObjectAt } from "../json/loose-json.ts";
import { objectEntries, timeOf } from "../json/object-entries.ts";

const SQLITE = "SQLite format 3\0";

export const TRACKIO: Format = {
  name: "trackio",
  title: "Hugging Face's trackio: PROJECT.db",
  recognise: (head) => (new TextDecoder().decode(head.subarray(0, SQLITE.length)) === SQLITE ? 0.9 : 0),
  isWhole: true,
  create: () => new DatabaseReader(),
  readFile: readDatabase,
};

/** A database can't be read in pieces, nor from memory: it is put into a file of its own for the time. */
class DatabaseReader implements Reader {
  private readonly parts: Uint8Array[] = [];

  push(bytes: Uint8Array): Entry[] {
    this.parts.push(bytes.slice());
    return [];
  }

  end(): Entry[] {
    const folder = mkdtempSync(join(tmpdir(), "trainscope-trackio-"));
    try {
      const path = join(folder, "project.db");
      writeFileSync(path, Buffer.concat(this.parts));
      return readDatabase(path);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Runs in the order in which they were logged to last. Throws `NOT_SUPPORTED` without SQLite, `BAD_DATA` for another database. */
function readDatabase(path: string): Entry[] {
  const sqlite = process.getBuiltinModule("node:sqlite");
  if (sqlite === undefined) {
    throw new TrainscopeError("NOT_SUPPORTED", `${path} is a SQLite database, and this Node has no SQLite`, {
      hint: "Node 22.13 or later has it.",
    });
  }
  try {
    const database = new sqlite.DatabaseSync(path, { readOnly: true });
    try {
      const rows = database.prepare("SELECT * FROM metrics ORDER BY id").all();
      return [...configs(() => database.prepare("SELECT * FROM configs").all()), ...rowEntries(rows)];
    } finally {
      database.close();
    }
  } catch (error) {
    throw new TrainscopeError("BAD_DATA", `${path} is no database of trackio: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

type Row = Readonly<Record<string, unknown>>;

/** Earlier versions keep no settings. */
function configs(read: () => readonly Row[]): Entry[] {
  try {
    const values =
      read()
        .map(({ config }) => parse(config))
        .at(-1) ?? {};
    const plain = Object.entries(values).filter(
      ([name, value]) => !name.startsWith("_") && typeof value !== "object",
    );
    return plain.length === 0
      ? []
      : [{ kind: "settings", values: Object.fromEntries(plain) as Record<string, string | number> }];
  } catch {
    return [];
  }
}

function rowEntries(rows: readonly Row[]): Entry[] {
  const runs = new Map<string, Row[]>();
  for (const row of rows) {
    const name = String(row.run_id ?? row.run_name);
    const own = runs.get(name) ?? [];
    own.push(row);
    // The run that was logged to last comes last.
    runs.delete(name);
    runs.set(name, own);
  }
  return [...runs.values()].flatMap((own, index): Entry[] => [
    ...(index > 0 ? [{ kind: "begin" as const }] : []),
    ...own.flatMap(({ step, timestamp, metrics }) => {
      const time = typeof timestamp === "string" ? timeOf(timestamp) : undefined;
      return objectEntries({ step: Number(step), ...parse(metrics) }).map((entry) =>
        entry.kind === "record" && time !== undefined ? { ...entry, time } : entry,
      );
    }),
  ]);
}

function parse(json: unknown): LooseObject {
  const value = typeof json === "string" ? parseObjectAt(json, 0)?.value : undefined;
  return isObject(value) ? value : {};
}
