// The tags of metrics as types, so that a misspelt one does not compile.
import type { Split } from "../data/dataset.ts";

/** Of loss, cost and accuracy. */
type BuiltInTag = `${Split}/${"loss" | "cost" | "accuracy"}`;

/** The tags that a metric's values have, as far as its type knows its name: a number's own, a record's and classes' below it. */
export type TagOf<Own> = Own extends {
  readonly name: infer Name extends string;
  readonly splits: readonly (infer In extends Split)[];
}
  ? Own extends { readonly kind?: infer Kind }
    ? Below<unknown extends Kind ? "number" : NonNullable<Kind>, `${In}/${Name}`>
    : never
  : never;

type Below<Kind, Tag extends string> = Kind extends "number" ? Tag : `${Tag}/${string}`;

/** What a configuration, or a program, may name as `monitor`: anything where metrics may come from elsewhere. */
type Monitored<Given> = Given extends { readonly plugins: readonly unknown[] } | { readonly extends: unknown }
  ? string
  : Given extends { readonly metrics: readonly (infer Own)[] }
    ? BuiltInTag | TagOf<Own>
    : BuiltInTag;

/** The text that is given; one that only running the program tells may be any. */
type MonitorIn<Given> = Given extends { readonly settings: { readonly monitor: infer Monitor } }
  ? Monitor
  : string;

/** To be intersected with: a literal `monitor` that is no tag of the metrics beside it doesn't fit. */
export type KnownMonitor<Given> =
  string extends MonitorIn<Given> ? unknown : { readonly settings: { readonly monitor: Monitored<Given> } };
