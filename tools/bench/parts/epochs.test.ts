import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Entrant } from "../programs/entrants.ts";
import type { Command } from "../protocol/program.ts";
import { runEpochs } from "./epochs.ts";

const FAKE = join(import.meta.dirname, "../testing/fake-program.mjs");

function fake(...words: readonly (string | number)[]): Command {
  return { command: process.execPath, args: [FAKE, ...words.map(String)] };
}

function entrant(
  name: string,
  command: ReturnType<Entrant["command"]>,
  role: Entrant["role"] = "peer",
): Entrant {
  return { name, threads: 1, role, tolerance: 1e-4, command: () => command };
}

const ours = entrant("trainscope reference", fake(1.5, 20), "ours");

function run(...peers: readonly Entrant[]) {
  const work = "images";
  return runEpochs({ part: "a", entrants: [ours, ...peers], work, rounds: 2, pauseMs: 0 });
}

describe("an epoch's part", () => {
  it("gives each program's median and its ratio to ours", async () => {
    const { table, errors } = await run(entrant("slower", fake(1.50001, 50)));
    expect(table.rows.map(([name, , median, , , ratio]) => [name, median, ratio])).toEqual([
      ["trainscope reference", "20.0", "1.00"],
      ["slower", "50.0", "2.50"],
    ]);
    expect(errors).toEqual([]);
  });

  it("a program that comes to another loss is an error", async () => {
    const { errors } = await run(entrant("liar", fake(1.4, 1)));
    expect(errors).toEqual(["liar, 1 threads: loss is 1.4; expected 1.5 to within 0.00015"]);
  });

  it("a program that isn't installed, or says so, is said to be missing, and no error", async () => {
    const { notes, errors, table } = await run(
      entrant("gone", { command: "no-such-program", args: [] }),
      entrant("poor", fake(0, 0, '{"missing":"numpy is not installed"}')),
      entrant("uncompiled", { missing: "cc is not there" }),
    );
    expect(notes.slice(-3)).toEqual([
      "gone is missing: no-such-program is not installed",
      "poor is missing: numpy is not installed",
      "uncompiled is missing: cc is not there",
    ]);
    expect(errors).toEqual([]);
    expect(table.rows).toHaveLength(1);
  });

  it("a program that can't be understood, or ends, is an error", async () => {
    const { errors } = await run(
      entrant("babbler", fake(0, 0, "hello")),
      entrant("quitter", { command: process.execPath, args: ["-e", "throw new Error('no data')"] }),
    );
    expect(errors[0]).toBe('babbler failed: it answered "hello"');
    expect(errors[1]).toMatch(/^quitter failed: .* ended with status 1/);
  });

  it("a program that ends in the middle is an error, and the others are measured all the same", async () => {
    const greeting =
      'process.stdout.write(\'{"ready":true,"versions":{}}\\n\'); process.stdin.once("data", () => process.exit(3))';
    const { errors, table } = await run(
      entrant("deserter", { command: process.execPath, args: ["-e", greeting] }),
      entrant("slower", fake(1.5, 40)),
    );
    expect(errors).toEqual([expect.stringMatching(/^deserter failed: .* ended with status 3/)]);
    expect(table.rows.map(([name]) => name)).toEqual(["trainscope reference", "slower"]);
  });

  it("says so where no result could be checked", async () => {
    const alone = entrant("trainscope wasm", fake(1, 1), "ours");
    const { errors } = await runEpochs({ part: "a", entrants: [alone], work: "", rounds: 1, pauseMs: 0 });
    expect(errors).toEqual(["the reference is not there, so no result could be checked"]);
  });
});
