import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { defineFactory } from "./factory.ts";
import type { StandardSchema } from "./standard-schema.ts";

const options = z.strictObject({ k: z.int().min(1).default(5), name: z.string().optional() });
const topK = defineFactory("top-k", options, ({ k, name = `top-${k}` }) => ({ k, name }));

/** As another library would write it. */
const positive: StandardSchema<{ n: number }> = {
  "~standard": {
    version: 1,
    vendor: "ours",
    validate(value) {
      const { n } = value as { n: number };
      return n > 0
        ? { value: { n } }
        : { issues: [{ message: "expected a number above 0", path: [{ key: "n" }] }] };
    },
  },
};

describe("defineFactory", () => {
  it("hands on what the schema makes of the options", () => {
    expect(topK()).toEqual({ k: 5, name: "top-5" });
    expect(topK({ k: 3 })).toEqual({ k: 3, name: "top-3" });
    expect(defineFactory("half", positive, ({ n }) => n / 2)({ n: 3 })).toBe(1.5);
  });

  it("names every option that is wrong, what was found and what was expected", () => {
    expect(() => topK({ k: 0, name: 4 as never })).toThrow(
      /^factory "top-k": options\.k is 0: .*>=1; options\.name is 4: .*expected string/,
    );
    expect(() => topK({ kk: 3 } as never)).toThrow(/factory "top-k": options is .*"kk"/);
    expect(() => defineFactory("half", positive, () => 0)({ n: -1 })).toThrow(
      'factory "half": options.n is -1: expected a number above 0',
    );
  });

  it("refuses a schema that takes its time", () => {
    const slow = z.object({}).refine(async () => true);
    const later: StandardSchema<{ n?: number }, unknown> = {
      "~standard": {
        version: 1,
        vendor: "ours",
        validate: (value) => slow["~standard"].validate(value) as never,
      },
    };
    expect(() => defineFactory("slow", later, () => 0)()).toThrow("its schema checks in a promise");
  });

  it("takes no options where each has a default, and needs them where one has none", () => {
    expectTypeOf(topK).parameters.toEqualTypeOf<
      [options?: { k?: number | undefined; name?: string | undefined }]
    >();
    const half = defineFactory("half", positive, ({ n }) => n);
    expectTypeOf(half).parameters.toEqualTypeOf<[options: { n: number }]>();
  });
});
