// stdout and stderr as the command has them: whoever writes, what a terminal would act on doesn't get through. For what is
// to be acted on, as a screen or a progress bar, there is a way past it; what comes from outside must not take it.
import { StringDecoder } from "node:string_decoder";
import { visibleLines } from "@trainscope/core/text";
import { type Write, type Written, withWrite } from "./capture.ts";
import { tell } from "./print.ts";

export type StreamName = "stdout" | "stderr";

/** Those that are guarded, with a `write` that isn't. */
const own = new Map<StreamName, NodeJS.WriteStream>();

/** For control sequences and layouts that are ours throughout. */
export function ownStream(name: StreamName): NodeJS.WriteStream {
  return own.get(name) ?? process[name];
}

/** Whether the stream is one that a person looks at. */
export function isTerminal(name: StreamName): boolean {
  return process[name].isTTY === true;
}

/** `undefined` where it is no terminal. */
export function columnsOf(name: StreamName): number | undefined {
  return process[name].columns;
}

/** Guards both for as long as the process lives: plugins, and what they import, print what they please. */
export function guardStreams(): void {
  for (const name of ["stdout", "stderr"] as const) {
    const stream = process[name];
    const write = stream.write.bind(stream);
    own.set(name, withWrite(stream, write));
    stream.write = guarded(write);
  }
  guardWarnings();
}

/** Progress bars write over their line with a carriage return only; here they get lines. */
function guarded(write: Write): Write {
  const decoder = new StringDecoder();
  return (chunk: Uint8Array | string, encoding?: BufferEncoding | Written, written?: Written) => {
    const [name, done] = typeof encoding === "function" ? [undefined, encoding] : [encoding, written];
    const isText = typeof chunk === "string" && (name === undefined || /^utf-?8$/i.test(name));
    const text = isText ? chunk : decoder.write(typeof chunk === "string" ? Buffer.from(chunk, name) : chunk);
    return write(visibleLines(text.replace(/\r\n?/g, "\n")), done);
  };
}

/** Node.js itself would write them past every stream. Where it was asked to be silent nobody listens. */
function guardWarnings(): void {
  if (process.listenerCount("warning") === 0) return;
  process.removeAllListeners("warning").on("warning", ({ name, message }) => tell(`${name}: ${message}`));
}
