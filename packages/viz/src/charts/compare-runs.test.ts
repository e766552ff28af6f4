import { describe, expect, it } from "vitest";
import { metric } from "../testing/fixtures.ts";
import { compareSpecification } from "./compare-runs.ts";
import type { ComparedCurve } from "./compared-curve.ts";

const accuracy = metric("accuracy", {
  tag: "validation/accuracy",
  split: "validation",
  direction: "max",
  unit: "fraction",
  display: { baseline: 0.1, range: [0, 1] },
});

function curve(
  name: string,
  values: readonly (number | null)[],
  more: Partial<ComparedCurve> = {},
): ComparedCurve {
  return {
    name,
    detail: "",
    at: values.map((_, index) => index + 1),
    values,
    isForked: false,
    best: undefined,
    ...more,
  };
}

interface Drawn {
  readonly title: { readonly text: string[]; readonly subtitle: string[] };
  readonly layer: readonly {
    readonly encoding: Record<string, { scale?: { range: unknown[]; domain?: number[] } }>;
  }[];
}

describe("compareSpecification", () => {
  it("gives no two of the runs in its legend the same colour and dash, and tells how many more there are", () => {
    const curves = Array.from({ length: 1000 }, (_, index) => curve(`run ${index}`, [0.1, 0.2]));
    const { title, layer } = compareSpecification(curves, {
      metric: accuracy,
      along: "epoch",
    }) as unknown as Drawn;
    const lines = layer.find(({ encoding }) => encoding.strokeDash !== undefined)?.encoding;
    const [colours, dashes] = [lines?.color?.scale?.range, lines?.strokeDash?.scale?.range];
    const looks = colours?.map((colour, index) => JSON.stringify([colour, dashes?.[index]])) ?? [];
    expect([looks.length, new Set(looks).size]).toEqual([28, 28]);
    expect(title.text).toEqual(["Validation accuracy of 1000 runs"]);
    expect(title.subtitle.join(" ")).toContain("grey: 972 more");
  });

  it("leaves out runs without a value and says so; without any there is nothing to draw", () => {
    const some = compareSpecification([curve("a", [0.1]), curve("b", [null]), curve("c", [])], {
      metric: accuracy,
      along: { unit: "s" },
    });
    expect(JSON.stringify(some.title)).toContain("2 without a value");
    expect(() => compareSpecification([curve("b", [null])], { metric: accuracy, along: "epoch" })).toThrow(
      /^no value of validation\/accuracy/,
    );
  });

  it("gives a run that has diverged no part of a loss's axis beside others, but one by itself", () => {
    const loss = metric("loss", { tag: "train/loss", direction: "min", unit: "nats" });
    const diverged = curve("b", [2, 1e28], { hasDiverged: true, best: { at: 2, value: 1e28 } });
    const draw = (curves: readonly ComparedCurve[]) =>
      compareSpecification(curves, { metric: loss, along: "epoch" }) as unknown as Drawn;
    const domainOf = ({ layer }: Drawn) => layer.map(({ encoding }) => encoding.y?.scale?.domain);
    const both = draw([curve("a", [2.2, 1.8]), diverged]);
    expect(domainOf(both)).toEqual(domainOf(draw([curve("a", [2.2, 1.8])])));
    expect(JSON.stringify(both)).not.toContain("1e+28");
    expect(both.title.subtitle.join(" ")).toContain("what has diverged is cut off");
    expect(domainOf(draw([diverged]))[0]?.[1]).toBeGreaterThanOrEqual(1e28);
  });
});

it("draws the band of a mean within the axis, which has room for it, and none for other runs", () => {
  const band = { low: [0.05, 0.1], high: [0.15, 0.5] };
  const layersOf = (more: Partial<ComparedCurve>) => {
    const { layer } = compareSpecification([curve("mean of 3", [0.1, 0.3], more), curve("alone", [0.2, 0.2])], {
      metric: accuracy,
      along: "epoch",
    }) as unknown as { layer: { mark: { type: string }; data: { values: unknown[] } }[] };
    return layer.filter(({ mark }) => mark.type === "area").map(({ data }) => data.values);
  };
  const percent = (low: number, high: number) => ({ value: expect.closeTo(low), high: expect.closeTo(high) });
  expect(layersOf({ band })).toEqual([
    [
      expect.objectContaining({ epoch: 1, ...percent(5, 15) }),
      expect.objectContaining({ epoch: 2, ...percent(10, 50) }),
    ],
  ]);
  expect(layersOf({})).toEqual([]);
});

it("calls means means, and gives the axis of a share no more than there are, however wide their bands", () => {
  const band = { low: [-0.4, -0.2], high: [0.6, 1.3] };
  const curves = ["a", "b"].map((name) => curve(name, [0.1, 0.3], { band }));
  const { title, layer } = compareSpecification(curves, {
    metric: accuracy,
    along: "epoch",
  }) as unknown as Drawn & { title: { text: readonly string[] } };
  expect(title.text).toEqual(["Validation accuracy of 2 means"]);
  expect(
    layer.flatMap(({ encoding }) => encoding.y?.scale?.domain ?? []).every((end) => end >= 0 && end <= 100),
  ).toBe(true);
});
