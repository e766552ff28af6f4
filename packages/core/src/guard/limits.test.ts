import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS, resolveLimits } from "./limits.ts";

describe("resolveLimits", () => {
  it("fills in the usual ones", () => {
    expect(resolveLimits()).toEqual(DEFAULT_LIMITS);
    expect(resolveLimits({ slow: 5 })).toEqual({ ...DEFAULT_LIMITS, slow: 5 });
  });

  it.each([
    [{ slwo: 5 }, 'unknown limit "slwo"'],
    [{ failures: 0 }, "limits.failures is 0; expected a whole number of at least 1"],
    [{ failures: 1.5 }, "limits.failures is 1.5"],
    [{ wait: Number.NaN }, "limits.wait is NaN; expected milliseconds, above 0"],
    [{ wait: 2 ** 31 }, "limits.wait is 2147483648"],
    [{ slow: "1s" }, 'limits.slow is "1s"'],
  ])("refuses %j", (limits, message) => {
    expect(() => resolveLimits(limits as object)).toThrow(message);
  });
});
