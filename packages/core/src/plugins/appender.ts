// Text files that grow, from a function that writes whole ones: a file is never seen half-written, and what comes while one
// write is under way goes with the next. The whole file is written each time, so that a pause follows which is in proportion:
// however long the file grows, writing takes no more than a tenth of the time.

type WriteFile = (name: string, content: string) => Promise<string>;

/** Makes a run context's `append` of its `write`. */
export function createAppender(write: WriteFile): WriteFile {
  const files = new Map<string, GrowingFile>();
  return (name, text) => {
    let file = files.get(name);
    if (file === undefined) {
      file = new GrowingFile(name, write);
      files.set(name, file);
    }
    return file.append(text);
  };
}

/** Of the time that a write took. */
const PAUSE = 9;

class GrowingFile {
  #text = "";
  /** The one under way, and the pause after it. */
  #writing: Promise<unknown> = Promise.resolve();
  /** The next, which isn't begun: it takes all text there is by then. */
  #next: Promise<string> | undefined;

  readonly #write: () => Promise<string>;

  constructor(name: string, write: WriteFile) {
    this.#write = () => write(name, this.#text);
  }

  append(text: string): Promise<string> {
    this.#text += text;
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined;
      const begun = performance.now();
      const written = this.#write();
      const pause = (): Promise<void> =>
        new Promise((resolve) => setTimeout(resolve, PAUSE * (performance.now() - begun)));
      // One that fails is told to whoever waits for it, and the next takes its text, too.
      this.#writing = written.then(pause, pause);
      return written;
    });
    return this.#next;
  }
}
