import { TrainscopeError } from "@trainscope/core/errors";
import { expect, it } from "vitest";
import { auroc, calibrationError, fBeta, precision, topK } from "./index.ts";

it.each([
  [() => topK({ k: 0 }), "topK: k is 0; expected a whole number of at least 1"],
  [() => topK({ k: 2.5 }), "topK: k is 2.5; expected a whole number of at least 1"],
  [() => topK({ K: 3 } as object), 'topK: unknown option "K"'],
  [() => fBeta({ beta: -1 }), "fBeta: beta is -1; expected a number above 0"],
  [
    () => precision({ average: "mean" as "macro" }),
    'precision: average is "mean"; expected one of macro, micro, weighted',
  ],
  [() => auroc({ bins: 1 }), "auroc: bins is 1; expected a whole number of at least 2"],
  [
    () => calibrationError({ binning: "size" as "mass" }),
    'calibrationError: binning is "size"; expected one of width, mass',
  ],
])("%s is refused", (create, message) => {
  expect(create).toThrow(TrainscopeError);
  expect(create).toThrow(message);
});

it("names follow from options, or are given", () => {
  expect(topK().name).toBe("top-5");
  expect(fBeta({ beta: 0.5, average: "weighted" }).name).toBe("f0-5-weighted");
  expect(calibrationError({ binning: "mass", error: "max" }).name).toBe("adaptive-mce");
  expect(topK({ k: 3, name: "podium", splits: ["test"] })).toMatchObject({ name: "podium", splits: ["test"] });
});
