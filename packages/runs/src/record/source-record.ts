// source.json: of a run that another program trained, the log that it was imported from, if it was.

/** The version of `SourceRecord`. */
export const SOURCE_RECORD_VERSION = 1;

/** Where the figures of an imported run come from. */
export interface SourceRecord {
  readonly v: typeof SOURCE_RECORD_VERSION;
  readonly runId: string;
  /** As `--format` names it; "records" where the run was written as it was trained. */
  readonly format: string;
  /** Absolute paths; none where it was written. */
  readonly files: readonly string[];
  /** Of the figures that were read, so that the same ones are not imported twice; empty where none were read. */
  readonly sha256: string;
  /** Milliseconds since 1970: when the files were written to last, and when they were read. */
  readonly modified: number;
  readonly imported: number;
  readonly versions: { readonly trainscope: string };
}
