// What the files of a run are called, in its folder.

/** What is known of a run before it starts. */
export const RECORD_FILE = "run.json";

/** What it has told, an event a line. */
export const LOG_FILE = "events.jsonl";

/** In place of `RECORD_FILE` where another program trained it: what it was imported from. */
export const SOURCE_FILE = "source.json";

/** What a sweep is, in its folder, two above those of its trainings: they have no `RECORD_FILE`. */
export const SWEEP_FILE = "sweep.json";
