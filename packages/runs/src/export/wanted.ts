// What a user calls one of a run's checkpoints.

/** That of a whole epoch, or the newest of all, or of the best of those that there are. */
export type Wanted = number | "last" | "best";

/** Which checkpoint, where none is named by its epoch. */
export const WANTED = ["last", "best"] as const;
