// What a person has called a run: its name, tags and note, which may change at any time.
export { readLabel, updateLabel, writeLabel } from "./label.ts";
export { LABEL_FILE, type Label, NO_LABEL } from "./label-file.ts";
