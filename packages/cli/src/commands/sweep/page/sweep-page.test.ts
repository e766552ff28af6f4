import { parseSchedule } from "@trainscope/core/settings";
import { describe, expect, it } from "vitest";
import type { CandidateResult, SweepResults } from "../results.ts";
import { sweepResults } from "../testing/sweep.ts";
import { sweepPage } from "./sweep-page.ts";

const results = sweepResults();

function count(page: string, part: RegExp): number {
  return [...page.matchAll(part)].length;
}

describe("the page of a sweep", () => {
  it("has a row and a line for each setting, an axis for each that was searched, and the winner's test accuracy", () => {
    const page = sweepPage(results);
    const { length } = results.candidates;
    expect(count(page, /<path d="M/g)).toBe(length);
    expect(count(page.split("<h2>Parallel")[0] ?? "", /<tr/g)).toBe(2 + length);
    for (const name of ["eta", "batch", "validation/accuracy"]) {
      expect(page).toMatch(new RegExp(`<text class="name"[^>]*>${name}</text>`));
    }
    expect(page).toContain("read once, for it alone, 38.00 %");
    expect(page).toContain("<h3>batch by eta</h3>");
  });

  it("labels the axis of a range with round numbers, of whole numbers with whole ones", () => {
    const space = {
      learningRate: { kind: "log", from: 1e-4, to: 1e-1 },
      batchSize: { kind: "linear", from: 1, to: 3, whole: true },
    } as const;
    const candidates = results.candidates.map((one, index) => ({
      ...one,
      point: { ...one.point, batchSize: 1 + (index % 3) },
    }));
    const page = sweepPage({ ...results, space, candidates });
    const axisOf = (name: string): string => new RegExp(`>${name}</text>.*`).exec(page)?.[0] ?? "";
    const labelsOf = (name: string): string[] =>
      [...axisOf(name).matchAll(/class="tick"[^>]*>([^<]*)</g)].map(([, label = ""]) => label);
    expect(labelsOf("eta")).toEqual(["0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1"]);
    expect(labelsOf("batch")).toEqual(["1", "2", "3"]);
    // A mark each, where its label stands.
    expect(count(axisOf("eta"), /<path class="mark"/g)).toBe(7);
  });

  it("sets the texts of its axes apart, however wide the browser's font is", () => {
    const space = {
      ...results.space,
      schedule: { kind: "choice", values: [parseSchedule("constant"), parseSchedule("cyclical:0.001:10")] },
      monitor: { kind: "choice", values: ["validation/accuracy", "validation/loss"] },
    } as const;
    const settings = ["lambda", "flip", "noise", "patience"].map((name, at) => [name, at] as const);
    const candidates = results.candidates.map((one, index) => ({
      ...one,
      point: {
        ...one.point,
        ...Object.fromEntries(settings.map(([name, at]) => [name, (index + at) % 3])),
        schedule: space.schedule.values[index % 2] ?? "",
        monitor: space.monitor.values[index % 2] ?? "",
      },
    }));
    const page = sweepPage({ ...results, space, candidates });
    const [, svg = ""] = /<svg class="parallel"(.*?)<\/svg>/s.exec(page) ?? [];
    const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
    // Characters as wide as a monospaced font's, and those of names, which are bold, as Verdana's.
    const texts = [
      ...svg.matchAll(/class="(tick|name)" x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">([^<]*)</g),
    ].map(([, kind, x, y, anchor, text = ""]) => {
      const length = text.length * (kind === "tick" ? 0.6 * 12 : 0.65 * 13);
      const left = Number(x) - (anchor === "start" ? 0 : anchor === "middle" ? length / 2 : length);
      return { text, y: Number(y), left, right: left + length };
    });
    expect(texts.length).toBeGreaterThan(20);
    for (const one of texts) {
      expect(one.left).toBeGreaterThan(0);
      expect(one.right).toBeLessThan(width);
      const touching = texts.filter(
        (other) =>
          other !== one &&
          Math.abs(other.y - one.y) < 10 &&
          other.left < one.right + 4 &&
          one.left < other.right + 4,
      );
      expect(touching).toEqual([]);
    }
  });

  it("leads each line that has a figure to it, past a setting that was not searched there", () => {
    const candidates = results.candidates.map((one, index) =>
      index % 2 === 0 ? one : { ...one, point: { learningRate: one.point.learningRate ?? 1 } },
    );
    const page = sweepPage({ ...results, candidates });
    const paths = [...page.matchAll(/<path d="(M[^"]*)"/g)].map(([, path = ""]) => path);
    const ends = paths.map((path) => path.split("L").at(-1)?.split(" ")[0]);
    expect(paths).toHaveLength(candidates.length);
    expect(new Set(ends).size).toBe(1);
    expect(new Set(paths.map((path) => path.split("L").length))).toEqual(new Set([2, 3]));
  });

  it("says what explains the figure: eta alone, where it depends on nothing else", () => {
    const page = sweepPage(sweepResults(60));
    const shareOf = (name: string): number =>
      Number(
        new RegExp(`>${name}</text>\\s*<rect[^>]*/>\\s*<path[^>]*/>\\s*<text[^>]*>([\\d.]+) ±`).exec(page)?.[1],
      );
    expect(shareOf("eta")).toBeGreaterThan(80);
    expect(shareOf("batch")).toBeLessThan(10);
  });

  it("lets nothing from outside become markup, and needs nothing from elsewhere", () => {
    const page = sweepPage({ ...results, dataName: `<script>alert("x")</script>` });
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/);
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("names what was lost as lost, in the table, the maps and the verdict, and draws it to no figure", () => {
    const lost = { mean: null, deviation: null, lost: [0, 1], values: { 0: null, 1: null } };
    const all = results.candidates.map((one) => ({ ...one, ...lost }));
    const page = sweepPage({ ...results, candidates: all, winner: null });
    expect(page).toContain("No winner: of every setting at least one training diverged or was lost.");
    expect(
      page.replace(/diverged or was lost|<style>.*<\/style>|dashed where it diverged/gs, ""),
    ).not.toContain("diverged");
    expect(count(page, /<td>lost<\/td>/g)).toBe(all.length);
    expect(count(page, /<td class="empty">lost<\/td>/g)).toBeGreaterThan(0);
  });

  it("takes what was lost for nothing that a setting explains", () => {
    const page = sweepPage(sweepResults(60));
    const candidates = sweepResults(60).candidates.flatMap((one) => [
      one,
      {
        ...one,
        point: { ...one.point, batchSize: 50 },
        mean: null,
        deviation: null,
        lost: [1],
        values: { 0: 0.3, 1: null },
      },
    ]);
    const barsOf = (text: string): string => /<svg class="importance".*?<\/svg>/s.exec(text)?.[0] ?? "";
    expect(barsOf(sweepPage({ ...results, candidates }))).toBe(barsOf(page));
  });

  it("of a sweep that was stopped tells the best so far, and that no test image has been read", () => {
    const { winner: _, ...soFar } = results;
    const page = sweepPage(soFar);
    expect(page).toMatch(/This sweep was stopped, and can go on: the best so far is eta 0\.0\S+, batch \d+: /);
    expect(page).toContain("The test images have not been read.");
    const nothing = soFar.candidates.slice(-1);
    expect(sweepPage({ ...soFar, candidates: nothing })).toContain("no setting has a figure yet");
  });

  it.each<[string, readonly CandidateResult[]]>([
    ["nothing but what diverged", results.candidates.map((one) => ({ ...one, mean: null, deviation: null }))],
    ["one setting", results.candidates.slice(0, 1)],
    ["all the same figure", results.candidates.map((one) => ({ ...one, mean: 0.25 }))],
    [
      "trained for several lengths",
      results.candidates.map((one, index) => ({ ...one, epochs: 1 + (index % 2) })),
    ],
  ])("is whole with %s", (_, candidates) => {
    const winner = candidates[0]?.mean == null ? null : results.winner;
    const page = sweepPage({ ...results, candidates, winner } satisfies SweepResults);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(page.trimEnd().endsWith("</html>")).toBe(true);
  });
});
