// A terminal's input as Ink takes it, without what isn't keys.
import { PassThrough } from "node:stream";
import { createSplitter, type Input, type TerminalEvent } from "./input.ts";

/**
 * The stream's keys, as a stream of its own; the rest goes to `onEvent`. Raw mode is set on the stream itself, and
 * only while it is set is anything read.
 */
export function keysOf(stdin: NodeJS.ReadStream, onEvent: (event: TerminalEvent) => void): NodeJS.ReadStream {
  const splitter = createSplitter();
  let timer: NodeJS.Timeout | undefined;

  function hand({ keys, events }: Input): void {
    if (keys !== "") through.write(keys);
    for (const event of events) onEvent(event);
    clearTimeout(timer);
    const { patience } = splitter;
    timer = patience === undefined ? undefined : setTimeout(() => hand(splitter.expire()), patience);
  }

  function read(): void {
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) hand(splitter.push(String(chunk)));
  }

  const through = Object.assign(new PassThrough(), {
    isTTY: true as const,
    isRaw: false,
    fd: 0 as const,
    setRawMode(raw: boolean) {
      stdin.off("readable", read);
      if (raw) stdin.setEncoding("utf8");
      stdin.setRawMode(raw);
      if (raw) stdin.on("readable", read);
      else clearTimeout(timer);
      return through;
    },
    ref() {
      stdin.ref();
      return through;
    },
    unref() {
      stdin.unref();
      return through;
    },
  });
  return through as unknown as NodeJS.ReadStream;
}
