// The search space as the configuration writes it, { log: [1e-4, 1e-1] }, as what is searched.
import { TrainscopeError } from "@trainscope/core/errors";
import type { SweepConfig } from "@trainscope/core/plugins";
import { checkSpace, type Dimension, type SearchSpace, type SettingValue } from "@trainscope/sweep/space";
import { SWEPT_FLAGS } from "./swept-flags.ts";

/** One setting in any of its forms, whose fields core has checked. */
interface Written {
  readonly log?: readonly [number, number];
  readonly linear?: readonly [number, number];
  readonly values?: readonly SettingValue[];
  readonly points?: number;
  readonly when?: Readonly<Record<string, readonly SettingValue[]>>;
}

/** Throws `BAD_CONFIG`, with the file's path, where it can't be searched. */
export function configuredSpace(path: string | null, space: SweepConfig["space"] = {}): SearchSpace {
  const entries = Object.entries(space).filter(([, written]) => written !== undefined);
  if (entries.length === 0) return {};
  const found = Object.fromEntries(
    entries.map(([name, written]) => [name, dimensionOf(name, written as Written | readonly SettingValue[])]),
  );
  try {
    checkSpace(found);
  } catch (error) {
    if (!(error instanceof TrainscopeError)) throw error;
    throw new TrainscopeError("BAD_CONFIG", `${path}: ${error.message}`, { cause: error });
  }
  return found;
}

function dimensionOf(name: string, written: Written | readonly SettingValue[]): Dimension {
  if (isList(written)) return { kind: "choice", values: written };
  const { log, linear, values = [], points, when } = written;
  const condition = when === undefined ? {} : { when };
  const kind = log === undefined ? "linear" : "log";
  const ends = log ?? linear;
  if (ends === undefined) return { kind: "choice", values, ...condition };
  const isWhole = SWEPT_FLAGS.some((flag) => flag.setting === name && flag.kind === "whole");
  return {
    kind,
    from: ends[0],
    to: ends[1],
    ...(points !== undefined && { points }),
    ...(isWhole && { whole: true }),
    ...condition,
  };
}

function isList(written: Written | readonly SettingValue[]): written is readonly SettingValue[] {
  return Array.isArray(written);
}
