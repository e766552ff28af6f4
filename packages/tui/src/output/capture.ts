// While the dashboard has the screen, what plugins print would tear holes into it. It goes to the log instead.
import { StringDecoder } from "node:string_decoder";
import { format } from "node:util";
import type { Severity } from "../text/describe-event.ts";

const SEVERITIES = {
  log: "info",
  info: "info",
  debug: "info",
  warn: "warning",
  error: "error",
} as const satisfies Record<string, Severity>;

type Method = keyof typeof SEVERITIES;

type OnPrint = (severity: Severity, text: string) => void;

/** Takes over everything a plugin may print with, until the function it gives is called. */
export function captureOutput(onPrint: OnPrint): () => void {
  const releases = [
    captureConsole(onPrint),
    captureWarnings(onPrint),
    captureWrites(process.stdout, (line) => onPrint("info", line)),
    captureWrites(process.stderr, (line) => onPrint("warning", line)),
  ];
  return () => {
    for (const release of releases) release();
  };
}

/** Takes over the console until the function it gives is called. */
function captureConsole(onPrint: OnPrint): () => void {
  const methods = Object.keys(SEVERITIES) as Method[];
  const originals = methods.map((method) => [method, console[method]] as const);
  for (const method of methods) {
    console[method] = (...values: unknown[]) => onPrint(SEVERITIES[method], format(...values));
  }
  return () => {
    for (const [method, original] of originals) console[method] = original;
  };
}

/** Takes over what Node.js warns of, which it would write past every stream, until the function it gives is called. */
export function captureWarnings(onPrint: OnPrint): () => void {
  const listeners = process.listeners("warning");
  const tell = ({ name, message }: Error): void =>
    onPrint("warning", name === "Warning" ? message : `${name}: ${message}`);
  process.removeAllListeners("warning").on("warning", tell);
  return () => {
    process.off("warning", tell);
    for (const listener of listeners) process.on("warning", listener);
  };
}

export type Write = NodeJS.WriteStream["write"];
export type Written = (error?: Error | null) => void;

/** What never ends its line shall not be kept for ever. */
const LONGEST_LINE = 1000;

/** Takes over what is written to a stream, past the console, until the function it gives is called. */
export function captureWrites(stream: { write: Write }, onLine: (line: string) => void): () => void {
  const original = stream.write;
  const decoder = new StringDecoder();
  let rest = "";
  stream.write = (chunk: Uint8Array | string, encoding?: BufferEncoding | Written, written?: Written) => {
    rest += typeof chunk === "string" ? chunk : decoder.write(chunk);
    // Progress bars write over their line with a carriage return only.
    const lines = rest.split(/[\r\n]+/);
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) {
      lines.push(rest);
      rest = "";
    }
    for (const line of lines) if (line.trim() !== "") onLine(line);
    const done = typeof encoding === "function" ? encoding : written;
    if (done) process.nextTick(done);
    return true;
  };
  return () => {
    stream.write = original;
  };
}

/** The same stream, size and events included, whose `write` stays what it is now. */
export function holdWrite(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return withWrite(stream, stream.write.bind(stream));
}

/**
 * The same stream with another `write`. All else goes to the stream itself: its listeners are kept in fields, which a
 * copy would have of its own.
 */
export function withWrite(stream: NodeJS.WriteStream, write: Write): NodeJS.WriteStream {
  return new Proxy(stream, {
    get(target, name) {
      if (name === "write") return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
