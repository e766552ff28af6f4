// What a user may call a run.

/** The word for the run that began last. */
export const LATEST = "latest";

/** How a command's help says what it takes. */
export const RUN_NAMES = "its folder, its id, a beginning or end of it, its name, or latest";
