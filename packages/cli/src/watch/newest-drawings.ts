// Histograms and pictures of another program's run: of each tag the newest, and no oftener than anybody could look at them.
import { isTrainscopeError } from "@trainscope/core/errors";
import { imagePixels } from "@trainscope/core/pixels";
import type { Drawing } from "@trainscope/core/source";
import { readPicture } from "@trainscope/data-cifar";
import type { HistogramEntry, ImageEntry } from "@trainscope/formats";

type DrawingEntry = HistogramEntry | ImageEntry;

/** More tags are not kept: each takes memory for as long as the run is looked at. */
const MOST_TAGS = 64;
/** A larger picture is not decoded: 64 of these take 256 MB. */
const MOST_PIXELS = 1 << 20;
/** Pictures take long to decode, and a file that is read from its beginning has many that are old. */
const PAUSE_MS = 500;

export class NewestDrawings {
  private readonly waiting = new Map<string, DrawingEntry>();
  private readonly tags = new Set<string>();
  /** What was drawn so far, by tag. */
  readonly shown = new Map<string, Drawing>();
  private readonly said = new Set<string>();
  private drawnAt = Number.NEGATIVE_INFINITY;
  private messages: string[] = [];

  take(entry: DrawingEntry): void {
    const { tag } = entry;
    if (!this.tags.has(tag) && this.tags.size >= MOST_TAGS) {
      this.say("many", `of more than ${MOST_TAGS} histograms and pictures the first are shown`);
      return;
    }
    this.tags.add(tag);
    this.waiting.set(tag, entry);
  }

  /** What is to be drawn anew, once its time has come, and what is to be said of it. `now` in ms. */
  due(now: number): { readonly drawings: readonly Drawing[]; readonly said: readonly string[] } {
    const isDue = Math.abs(now - this.drawnAt) >= PAUSE_MS && this.waiting.size > 0;
    const drawings = isDue ? [...this.waiting.values()].flatMap((entry) => this.drawn(entry) ?? []) : [];
    if (isDue) {
      this.drawnAt = now;
      this.waiting.clear();
      for (const drawing of drawings) this.show(drawing);
    }
    const said = this.messages;
    this.messages = [];
    return { drawings, said };
  }

  private show(drawing: Drawing): void {
    const { tag } = drawing;
    this.shown.set(tag, drawing);
    const things = "pixels" in drawing ? "pictures" : "histograms";
    this.say(things, `its ${things}, such as ${tag}, are on the dashboard's tab Weights`);
  }

  private drawn(entry: DrawingEntry): Drawing | undefined {
    const { tag, step } = entry;
    if (entry.kind === "histogram") {
      return { type: "drawing", tag, step, edges: entry.edges, counts: entry.counts };
    }
    if (this.isTooLarge(tag, entry)) return undefined;
    try {
      const { image, shape } = readPicture(entry.bytes, tag);
      // It may be larger than was said.
      if (this.isTooLarge(tag, shape)) return undefined;
      return { type: "drawing", tag, step, pixels: imagePixels(image, shape) };
    } catch (error) {
      if (!isTrainscopeError(error)) throw error;
      this.say(`bad ${tag}`, `a picture can't be shown: ${error.message}`);
      return undefined;
    }
  }

  private isTooLarge(
    tag: string,
    { width, height }: { readonly width: number; readonly height: number },
  ): boolean {
    const isLarge = width * height > MOST_PIXELS;
    if (isLarge)
      this.say(`large ${tag}`, `the picture ${tag} of ${width} x ${height} pixels is too large to be shown`);
    return isLarge;
  }

  private say(what: string, message: string): void {
    if (this.said.has(what)) return;
    this.said.add(what);
    this.messages.push(message);
  }
}
