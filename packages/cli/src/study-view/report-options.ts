export interface StudyReportOptions {
  /** What is done is to be kept, and the study to end. */
  readonly onStop: () => void;
  /** Ctrl-C was typed at the dashboard, which asks for what follows through the others. Tells whether it counts. */
  readonly onInterrupt: () => boolean;
  /** Leave now. */
  readonly onQuit: () => void;
}
