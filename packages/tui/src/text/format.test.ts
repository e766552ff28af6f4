import { describe, expect, it } from "vitest";
import {
  formatCount,
  formatDuration,
  formatFraction,
  formatNumber,
  formatSetting,
  formatShortCount,
} from "./format.ts";

describe("formats", () => {
  it.each([
    [0, "0"],
    [1.61234, "1.6123"],
    [23.4567, "23.46"],
    [123.456, "123.5"],
    [12_400.2, "12,400"],
    [1.234e9, "1.23e9"],
    [0.0312, "0.03120"],
    [0.00123, "0.00123"],
    [0.000123, "1.23e-4"],
    [0.00001, "1e-5"],
    [-0.5, "-0.5000"],
    [Number.NaN, "NaN"],
  ])("writes the value %d as %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each([
    [0, "0:00"],
    [9400, "0:09"],
    [760_000, "12:40"],
    [3_723_000, "1:02:03"],
    [273_600_000, "3d 04h"],
    [-5, "0:00"],
    [Number.POSITIVE_INFINITY, "-:--"],
  ])("writes %d ms as %s", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it.each([
    [999, "999"],
    [1234, "1.2k"],
    [312_400, "312k"],
    [1_250_000, "1.3M"],
  ])("shortens the count %d to %s", (value, text) => {
    expect(formatShortCount(value)).toBe(text);
  });

  it("puts thousands apart, fractions in per cent, and settings as they were typed", () => {
    expect(formatCount(1_234_567)).toBe("1,234,567");
    expect(formatFraction(0.38941)).toBe("38.94 %");
    expect(formatSetting(0.001)).toBe("0.001");
    expect(formatSetting(1e-7)).toBe("1e-7");
  });
});
