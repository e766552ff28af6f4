// Text files that grow: what comes while one write is under way goes with the next.
import type { RunFiles } from "./exporter.ts";

type Append = RunFiles["append"];

/** Makes a run context's `append`. The first text of a file is written in the place of what is there, later text behind it. */
export function createAppender(run: RunFiles): Append {
  const files = new Map<string, GrowingFile>();
  return (name, text) => {
    let file = files.get(name);
    if (file === undefined) {
      file = new GrowingFile(name, run);
      files.set(name, file);
    }
    return file.append(text);
  };
}

class GrowingFile {
  /** Not in the file yet. */
  #text = "";
  #isBegun = false;
  /** The write that is under way. */
  #writing: Promise<unknown> = Promise.resolve();
  /** The next, which isn't begun: it takes all text there is by then. */
  #next: Promise<string> | undefined;

  readonly #name: string;
  readonly #run: RunFiles;

  constructor(name: string, run: RunFiles) {
    this.#name = name;
    this.#run = run;
  }

  append(text: string): Promise<string> {
    this.#text += text;
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined;
      const written = this.#write();
      this.#writing = written.catch(() => {});
      return written;
    });
    return this.#next;
  }

  /** One that fails is told to whoever waits for it, and the next takes its text, too. */
  async #write(): Promise<string> {
    const [name, text] = [this.#name, this.#text];
    this.#text = "";
    try {
      const path = await (this.#isBegun ? this.#run.append(name, text) : this.#run.write(name, text));
      this.#isBegun = true;
      return path;
    } catch (error) {
      this.#text = text + this.#text;
      throw error;
    }
  }
}
