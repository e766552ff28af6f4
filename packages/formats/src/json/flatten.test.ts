import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flatten } from "./flatten.ts";
import type { LooseObject } from "./loose-json.ts";

describe("flatten", () => {
  it.each([
    ["a group that says nothing goes", { epoch: 1, metrics: { loss: 0.5 } }, { epoch: 1, loss: 0.5 }],
    [
      "groups that would give a name twice stay",
      { step: 1, logs: { loss: 0.1 }, metrics: { loss: 0.2, acc: 0.3 } },
      { step: 1, "logs/loss": 0.1, "metrics/loss": 0.2, "metrics/acc": 0.3 },
    ],
    [
      "so does one beside a figure of that name",
      { loss: 0.1, metrics: { loss: 0.2 }, stats: { acc: 0.3 } },
      { loss: 0.1, "metrics/loss": 0.2, acc: 0.3 },
    ],
    [
      "however deep the name lies",
      { data: { metrics: { loss: 0.1 } }, results: { loss: 0.2 } },
      { "data/loss": 0.1, "results/loss": 0.2 },
    ],
    [
      "a place that all of them tell alike is no reason",
      { logs: { epoch: 3, loss: 0.1 }, metrics: { epoch: 3, acc: 0.2 } },
      { epoch: 3, loss: 0.1, acc: 0.2 },
    ],
  ])("%s", (_, object, fields) => {
    expect(flatten(object)).toEqual(Object.entries(fields));
  });

  it("gives each number once", () => {
    const name = fc.constantFrom("loss", "acc", "metrics", "data", "logs", "val");
    const { object } = fc.letrec<{ object: LooseObject }>((tie) => ({
      object: fc.dictionary(name, fc.oneof({ depthSize: "small" }, fc.nat(1e6), tie("object")), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(object, (value) => {
        const fields = flatten(value);
        const numbers = fields.map(([, number]) => number);
        expect(new Set(fields.map(([key]) => key)).size).toBe(fields.length);
        expect(new Set(numbers)).toEqual(new Set(JSON.stringify(value).match(/\d+/g)?.map(Number)));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
