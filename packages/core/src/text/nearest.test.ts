import { expect, it } from "vitest";
import { nearest } from "./nearest.ts";

it("finds the name that somebody may have meant, and none where none is near", () => {
  const names = ["precision", "recall", "f1", "ece", "top-5"];
  expect(nearest("precison", names)).toBe("precision");
  expect(nearest("Recall", names)).toBe("recall");
  expect(nearest("top5", names)).toBe("top-5");
  expect(nearest("eec", names)).toBe("ece");
  expect(nearest("f2", names)).toBe("f1");
  expect(nearest("sharpness", names)).toBeUndefined();
  expect(nearest("x", [])).toBeUndefined();
});
