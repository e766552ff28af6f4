/** What the command ends with. */
export const ExitStatus = {
  done: 0,
  /** The run, or the gradient check, failed. */
  failed: 1,
  /** Bad usage or input: nothing was started. */
  badInput: 2,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];
