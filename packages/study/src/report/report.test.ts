import { decodePicture } from "@trainscope/viz/testing";
import { beforeAll, describe, expect, test } from "vitest";
import type { StudyResults } from "../stages/results.ts";
import { seededStudy } from "../testing/study.ts";
import { divergedStudy } from "../testing/study-diverged.ts";
import type { ReportOptions } from "./options.ts";
import { createReport } from "./report.ts";

const HOSTILE = `<img src=x onerror="alert('1')">|</script><!-- =1+1`;

const OPTIONS: ReportOptions = {
  command: "npx trainscope report --seeds 2",
  generatedAt: new Date(Date.UTC(2026, 10, 23, 12, 30)),
  versions: { trainscope: "0.1.0" },
};

type Files = ReadonlyMap<string, Uint8Array | string>;

async function filesOf(results: StudyResults, options = OPTIONS): Promise<{ files: Files; steps: number }> {
  const report = createReport(results, options);
  const files = new Map<string, Uint8Array | string>();
  for await (const { path, content } of report.files()) files.set(path, content);
  return { files, steps: report.steps };
}

const textOf = (files: Files, path: string): string => String(files.get(path) ?? "");

/** A study whose every name is markup. */
function hostileStudy(): StudyResults {
  const study = seededStudy({ part: "basic" });
  const renamed = (name: string): string => `${name} ${HOSTILE}`;
  const names = study.data.classNames.map(renamed);
  return {
    ...study,
    data: { ...study.data, name: renamed("data"), classNames: names },
    bestModel: {
      ...study.bestModel,
      title: renamed("model"),
      classes: study.bestModel.classes.map((one, k) => ({
        ...one,
        name: names[k] ?? "",
        mostConfusedWith: { name: names[0] ?? "", images: 5 },
      })),
      mistakes: study.bestModel.mistakes.map((one) => ({
        ...one,
        label: renamed("label"),
        answer: renamed("answer"),
      })),
    },
  };
}

describe("a full study's report", () => {
  let files: Files;
  let steps: number;

  beforeAll(async () => {
    ({ files, steps } = await filesOf(seededStudy({ seeds: 2 })));
  });

  test("has as many files as steps, each of which holds something", () => {
    expect(files.size).toBe(steps);
    for (const [path, content] of files) expect(content.length, path).toBeGreaterThan(20);
  });

  test("gives every figure as a PNG and an SVG that can be read", async () => {
    const names = [...files.keys()]
      .filter((path) => path.startsWith("figures/"))
      .map((path) => path.slice(0, -4));
    expect(names.length).toBeGreaterThan(30);
    for (const name of new Set(names)) {
      const png = await decodePicture(files.get(`${name}.png`) ?? "");
      const svg = await decodePicture(files.get(`${name}.svg`) ?? "");
      // A chart's PNG has two pixels to a CSS pixel; a montage's SVG is as large as its PNG.
      expect([1, 2], name).toContainEqual(Math.round(png.width / svg.width));
    }
  });

  test("shows in report.md only figures that are there, and every one of them", () => {
    const shown = [...textOf(files, "report.md").matchAll(/\]\((figures\/[^)]+)\)/g)].map(([, path]) => path);
    const there = [...files.keys()].filter((path) => path.endsWith(".png"));
    expect(shown.toSorted()).toEqual(there.toSorted());
  });

  test("says the same in both documents", () => {
    const [, body = ""] = /<main[^>]*>([\s\S]*)<\/main>/.exec(textOf(files, "report.html")) ?? [];
    const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
    const html = body.replace(/<[^>]+>/g, "").replace(/&(#?\w+);/g, (all, name) => entities[name] ?? all);
    const paragraphs = textOf(files, "report.md")
      .replace(/\*\*|(?<!\\)`/g, "")
      .replace(/\\([!-/:-@[-`{-~])/g, "$1")
      .split("\n\n")
      .filter((one) => /^[A-Z][^|]{80,}\.$/.test(one));
    const [summary, ...others] = paragraphs;
    expect(summary).toContain("A linear classifier is trained");
    expect(others.length).toBeGreaterThan(20);
    expect(others.filter((one) => !html.includes(one))).toEqual([]);
  });

  test("keeps all numbers and no weights in results.json", () => {
    const { settings, seeds, optional } = JSON.parse(textOf(files, "numbers/results.json"));
    const study = seededStudy({ seeds: 2 });
    expect(settings[2].figures).toEqual(study.settings[2]?.figures);
    expect(seeds).toEqual([0, 1]);
    expect(optional.final.series).toEqual(study.optional?.final.series);
    expect(textOf(files, "numbers/results.json")).not.toMatch(/weights|templates|"image"/);
  });

  test("keeps every epoch of every curve in curves.csv", () => {
    const lines = textOf(files, "numbers/curves.csv").trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + 4 * 6 * 40);
    const mean = seededStudy({ seeds: 2 }).settings[1]?.curves["validation/accuracy"]?.mean[39];
    expect(lines.find((line) => line.startsWith(`0,0.001,40,validation,accuracy,${mean},`))).toBeDefined();
  });

  test("keeps every epoch of every variant in improvements-curves.csv", () => {
    const { baseline, variants = [] } = seededStudy().optional ?? {};
    const [header = "", ...lines] = textOf(files, "numbers/improvements-curves.csv").trimEnd().split("\r\n");
    expect(lines).toHaveLength(40 * (1 + variants.length));
    const place = header.split(",").indexOf("validation/accuracy");
    const last = lines.find((line) => line.startsWith("baseline,Baseline,40,0.001,"));
    expect(last?.split(",")[place]).toBe(String(baseline?.validationAccuracy));
  });

  test("tells the settings' charts what lines are, beside the data's name", () => {
    expect(textOf(files, "figures/setting-2.svg")).toContain("CIFAR-10 (data_batch_1) · Mean of 2 seeds");
    expect(textOf(files, "figures/settings-accuracy.svg")).toContain("Mean of 2 seeds");
  });

  test("is one page below 6 MB that names no other address than the standards'", () => {
    const html = textOf(files, "report.html");
    expect(html.length).toBeLessThan(6e6);
    const content = html.replace(/<script>[\s\S]*?<\/script>/g, "");
    const addresses = [...content.matchAll(/(?:https?:)?\/\/[\w.-]+\.\w+/g)].map(([address]) => address);
    expect(new Set(addresses.filter((one) => !/w3\.org|vega\.github\.io/.test(one)))).toEqual(new Set());
  });
});

describe("a study whose runs diverged in their first epoch", () => {
  test.each([
    { name: "settings, final model and some variants", study: () => divergedStudy() },
    { name: "over three seeds", study: () => divergedStudy({ seeds: 3 }) },
    { name: "all of it", study: () => divergedStudy({ variants: "all" }) },
    {
      name: "one setting",
      study: (): StudyResults => {
        const [study, { settings }] = [seededStudy(), divergedStudy()];
        return { ...study, settings: [...settings.slice(0, 1), ...study.settings.slice(1)] };
      },
    },
  ])(
    "has a report all the same: $name",
    async ({ study }) => {
      const { files, steps } = await filesOf(study());
      expect(files.size).toBe(steps);
      for (const [path, content] of files) {
        if (typeof content !== "string" || path.endsWith(".json")) continue;
        // Nobody reads the page's scripts and fonts, nor what Vega calls the marks of a picture that has a text of its own.
        const unread =
          /<script[^>]*>[\s\S]*?<\/script>|url\(data:[^)]*\)|aria-label="[^"]*" role="graphics-symbol"/g;
        const text = content.replace(unread, "");
        expect(text.match(/.{0,40}(NaN|\bnull\b|undefined|Infinity).{0,40}/)?.[0], path).toBeUndefined();
      }
      expect(textOf(files, "report.md")).toMatch(/diverged/);
      expect(textOf(files, "numbers/settings.csv")).toContain("validation,accuracy");
    },
    60_000,
  );

  test("tells which settings they are, in the table and in a sentence", async () => {
    const { files } = await filesOf(divergedStudy({ seeds: 3 }));
    const text = textOf(files, "report.md").replaceAll("\u00a0", " ");
    expect(text).toContain("| λ = 0, η = 0.1 (3 of 3 diverged) |");
    expect(text).toContain("the loss left the finite numbers");
    expect(text).toContain("No setting came to the end of an epoch, so there are no curves.");
  });
});

test("a title of nothing but spaces is none", async () => {
  const { files } = await filesOf(seededStudy({ part: "basic" }), { ...OPTIONS, title: "  " });
  expect(textOf(files, "report.md")).toMatch(/^# Training a linear classifier\n/);
});

describe("a basic study's report", () => {
  test("that is quick says so, and leaves the published figures out", async () => {
    const { files } = await filesOf({ ...seededStudy({ part: "basic" }), quick: true });
    for (const path of ["report.html", "report.md"]) {
      expect(textOf(files, path)).toContain("This is a quick study");
      expect(textOf(files, path)).not.toMatch(/published test accuracy|Others have published/i);
    }
  });

  test("with markup for names has it as text everywhere", async () => {
    const { files } = await filesOf(hostileStudy(), {
      ...OPTIONS,
      title: HOSTILE,
      command: `echo ${HOSTILE}`,
      versions: { [HOSTILE]: HOSTILE },
      processor: HOSTILE,
    });
    for (const [path, content] of files) {
      if (typeof content !== "string" || /\.(json|csv)$/.test(path)) continue;
      const text = path.endsWith(".md")
        ? content.replace(/(`{3,})[\s\S]*?\1/g, "").replace(/\\[<>]/g, "")
        : content;
      expect(text, path).not.toContain("<img");
    }
    const html = textOf(files, "report.html");
    expect(html.match(/<\/script>/g)).toHaveLength(4);
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;");
  });

  test("of runs that diverged is written all the same", async () => {
    const study = seededStudy({ part: "basic" });
    const [first, ...others] = study.settings;
    const none = { values: [null], mean: null, deviation: null };
    const figures = Object.fromEntries(Object.keys(first?.figures ?? {}).map((tag) => [tag, none]));
    const diverged = { ...first, figures, jumpiness: none, gap: none, reasons: ["diverged"] } as typeof first;
    const settings = diverged === undefined ? others : [diverged, ...others];
    const { files } = await filesOf({ ...study, settings });
    expect(textOf(files, "report.md")).toContain("did not come far enough");
    expect(textOf(files, "report.md")).not.toMatch(/NaN|null|undefined/);
  });
});
