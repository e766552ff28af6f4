// Numbers and times as a person reads them.
import { percentText } from "@trainscope/core/text";

/** About four significant digits in at most seven characters and a sign: `1.6123`, `0.03120`, `12,400`, `1.23e-7`. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e6 || size < 1e-3) return tidyExponent(value.toExponential(2));
  if (size >= 1000) return formatCount(value);
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1 ? 4 : 5);
}

/** A setting as it was typed: `0.001`, not `0.0010`. */
export function formatSetting(value: number): string {
  return tidyExponent(String(Number(value.toPrecision(6))));
}

/** A fraction in per cent: `38.94 %`. */
export function formatFraction(value: number): string {
  return Number.isFinite(value) ? percentText(value) : formatNumber(value);
}

/** Whole per cent, never too many; 29/100 is a little less than 0.29 in binary, and still 29. */
export function percent(fraction: number): number {
  return Math.floor(fraction * 100 + 1e-9);
}

/** A whole number with thousands apart: `312,400`. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ",");
}

/** An epoch or a step, whole or not, wherever it stands by itself: `3`, `0.25`, `12000`. */
export function formatX(x: number): string {
  return String(Number.isInteger(x) ? x : Number(x.toPrecision(4)));
}

/** A count in about four characters: `312k`, `1.2M`. */
export function formatShortCount(value: number): string {
  if (value < 1000) return String(Math.round(value));
  if (value < 10_000) return `${(value / 1000).toFixed(1)}k`;
  if (value < 999_500) return `${Math.round(value / 1000)}k`;
  return value < 1e9 ? `${(value / 1e6).toFixed(1)}M` : tidyExponent(value.toExponential(1));
}

/** `0:09`, `12:40`, `1:02:03`, `3d 04h`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (!Number.isFinite(seconds)) return "-:--";
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  if (days > 0) return `${days}d ${two(hours)}h`;
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** The local time of day: `14:03:59`. */
export function formatClock(time: number): string {
  const date = new Date(time);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function tidyExponent(text: string): string {
  return text.replace("e+", "e").replace(/\.?0+e/, "e");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
