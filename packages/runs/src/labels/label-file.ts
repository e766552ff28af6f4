// What label.json holds.

/** Of a run's folder: the name and the tags that its user has given it. */
export const LABEL_FILE = "label.json";
export const LABEL_VERSION = 1;

/** The name and the tags that a user has given a run. */
export interface Label {
  readonly name: string | null;
  /** Each once, in the order they were given. */
  readonly tags: readonly string[];
}

/** Of a run that was given none. */
export const NO_LABEL: Label = { name: null, tags: [] };
