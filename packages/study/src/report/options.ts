// What a report needs to know beside the study's results.

/** What `createReport` takes. */
export interface ReportOptions {
  /** "Training a linear classifier" where it isn't given. */
  readonly title?: string | undefined;
  /** As the user typed it, to repeat the study. */
  readonly command: string;
  readonly generatedAt: Date;
  /** E.g. `{ trainscope: "0.1.0", "Node.js": "24.21.0" }`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Of the machine, e.g. "AMD EPYC, 2 cores". */
  readonly processor?: string | undefined;
}

/** A file of the report. */
export interface ReportFile {
  /** Within the report's folder, its parts separated by "/". */
  readonly path: string;
  readonly content: Uint8Array | string;
}
