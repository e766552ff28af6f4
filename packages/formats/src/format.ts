// The contract of a format: bytes in, in pieces of any size, plain entries out. What the entries mean is decided in
// meaning/, so a reader names things as its tool does.
import type { Split } from "@trainscope/core";

/** A number may be NaN or an infinity; `null` is a value that is missing. Texts name splits, levels and messages. */
export type FieldValue = number | string | null;

/** A figure as it was told, under its name. */
export type Field = readonly [name: string, value: FieldValue];

/** What was told at one place of a log: figures together with the counters they were told with. */
export interface RecordEntry {
  readonly kind: "record";
  readonly fields: readonly Field[];
  /** Whose figures they are, where the record says so as a whole. */
  readonly split?: Split | undefined;
  /** Milliseconds since 1970. */
  readonly time?: number | undefined;
  /** The figures stood in running text without a counter: they are of the place that was told before. */
  readonly isLoose?: boolean;
}

/** A record of one figure at a step: what event files have by the million. */
export interface ScalarEntry {
  readonly kind: "scalar";
  readonly tag: string;
  readonly step: number;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** What stands fast for the whole run: hyperparameters, names, sizes. */
export interface SettingsEntry {
  readonly kind: "settings";
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

/** A line for the log. */
export interface TextEntry {
  readonly kind: "text";
  readonly text: string;
  readonly level: "info" | "warning" | "error";
}

/** An event of trainscope's own grammar, not yet checked. */
export interface EventEntry {
  readonly kind: "event";
  readonly value: Readonly<Record<string, unknown>>;
}

/** The source says that another run begins here. */
export interface BeginEntry {
  readonly kind: "begin";
}

/** How values are spread over bins: `edges` has one more than `counts`. */
export interface HistogramEntry {
  readonly kind: "histogram";
  readonly tag: string;
  readonly step: number;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** A picture as it was encoded, PNG mostly. */
export interface ImageEntry {
  readonly kind: "image";
  readonly tag: string;
  readonly step: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** What a reader gives of a log, one after the other. */
export type Entry =
  | RecordEntry
  | ScalarEntry
  | SettingsEntry
  | TextEntry
  | EventEntry
  | BeginEntry
  | HistogramEntry
  | ImageEntry;

/** Whatever the bytes are cut into, the entries of all calls together are the same. */
export interface Reader {
  push(bytes: Uint8Array): Entry[];
  /** What a last line without its end, or a document as a whole, comes to. Nothing may be pushed afterwards. */
  end(): Entry[];
  /** What it holds back until more shows what it is, where nothing has come for a while; more may come. */
  settle?(): Entry[];
}

/** What a format's reader may be told of its log. */
export interface ReaderOptions {
  /** Without its folder; some tools name the figure there. */
  readonly fileName?: string | undefined;
  /** For printed text: named groups are fields (`step (?<step>\d+).*ppl (?<val_ppl>\S+)`). */
  readonly pattern?: RegExp | undefined;
}

/** A format of logs: how it is recognised, and its reader. */
export interface Format {
  /** As `--format` takes it. */
  readonly name: string;
  /** One line for people: what it is and who writes it. */
  readonly title: string;
  /** From 0, certainly not, to 1, certainly. `head` holds the first bytes, 64 KiB or the whole of a smaller file. */
  recognise(head: Uint8Array, fileName?: string): number;
  /** Nothing can be read of it before its end: where it grows it is read anew. */
  readonly isWhole?: boolean;
  /** It is made of lines of text, so that the last one may lack its end. */
  readonly hasLines?: boolean;
  /** Formats that share it are read alike. */
  readonly create: (options?: ReaderOptions) => Reader;
  /** For what has to lie in a file to be read. Throws a `TrainscopeError` where it can't. */
  readFile?(path: string): Entry[];
}
