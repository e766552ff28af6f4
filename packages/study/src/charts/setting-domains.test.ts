import { describe, expect, test } from "vitest";
import type { SettingResult } from "../stages/results.ts";
import { seededStudy } from "../testing/study.ts";
import { SETTING_QUANTITIES, settingDomains, sharedDomain } from "./setting-domains.ts";

const { settings } = seededStudy({ part: "basic", seeds: 3 });

/** Everything that is drawn of a quantity, ends of bands too. */
function drawn({ curves, figures }: SettingResult, quantity: string): number[] {
  const test = figures[`test/${quantity}`];
  const ends = ["train", "validation"].flatMap((split) => {
    const { mean = [], deviation = [] } = curves[`${split}/${quantity}`] ?? {};
    return mean.flatMap((value, i) => [
      Number(value) - Number(deviation[i]),
      Number(value) + Number(deviation[i]),
    ]);
  });
  return [...ends, Number(test?.mean) - Number(test?.deviation), Number(test?.mean) + Number(test?.deviation)];
}

describe("domains of several settings", () => {
  test("hold all that is drawn", () => {
    const domains = settingDomains(settings, 10);
    settings.forEach((setting, index) => {
      for (const quantity of SETTING_QUANTITIES) {
        const [low, high] = domains[index]?.[quantity].domain ?? [Number.NaN, Number.NaN];
        const factor = quantity === "accuracy" ? 100 : 1;
        const values = drawn(setting, quantity).map((value) => value * factor);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
        expect(Math.max(...values)).toBeLessThanOrEqual(high);
      }
    });
  });

  test("are the same for all, but for one that would flatten the others", () => {
    const [tooHigh, ...others] = settingDomains(settings, 10);
    for (const quantity of ["loss", "cost"] as const) {
      expect(new Set(others.map((domains) => JSON.stringify(domains[quantity]))).size).toBe(1);
      expect(tooHigh?.[quantity].isOwn).toBe(true);
    }
    expect(others.map(({ accuracy }) => accuracy)).toEqual(others.map(() => tooHigh?.accuracy));
  });

  test("are logarithmic where a loss runs away", () => {
    const [first, ...rest] = settings as [SettingResult, ...SettingResult[]];
    const mean = first.epochs.map((epoch) => 2 * 3 ** epoch);
    const deviation = mean.map(() => null);
    const away = { ...first, curves: { ...first.curves, "train/loss": { mean, deviation } } };
    expect(sharedDomain([away, ...rest], "loss").scale).toBe("log");
    expect(sharedDomain(rest, "loss").scale).toBe("linear");
    expect(settingDomains([away, ...rest]).map(({ loss }) => loss.scale)).toEqual([
      "log",
      "linear",
      "linear",
      "linear",
    ]);
  });
});
