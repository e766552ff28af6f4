// stdout and stderr: what is printed there is made visible, and plugins tear no holes into a screen.

export { jsonText } from "./json-text.ts";
export { type Print, print, printContent, printJson, tell } from "./print.ts";
export { columnsOf, guardStreams, isTerminal, ownStream } from "./streams.ts";
