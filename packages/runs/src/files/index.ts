// Files and folders of a run, and of whatever else must not be half written: names, whole writes, locks, and reading what grows.
export { exclusively, isLocked } from "./exclusively.ts";
export { LOG_FILE, RECORD_FILE, SOURCE_FILE, SWEEP_FILE } from "./file-names.ts";
export { type FollowedFile, followFile } from "./followed-file.ts";
export { createLineSplitter } from "./line-splitter.ts";
export { makeFolders } from "./make-folders.ts";
export { isMissing, openRegular, readSmallFile } from "./regular-file.ts";
export {
  CHECKPOINTS_FOLDER,
  createRunFolder,
  makeNamedFolder,
  openRunFolder,
  type RunFolder,
  reasonOf,
  writeNamed,
  writeWhole,
} from "./run-folder.ts";
