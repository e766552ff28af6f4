// `split/name` of each figure, no two alike: where two figures of a source would share a tag, the second keeps more of
// the name that its source gives it.
import type { Split } from "@trainscope/core";
import type { ParsedRecord, ParsedValue } from "./record-parser.ts";

type Said = Split | `implied ${Split}`;

const IMPLIED = { train: "implied train", validation: "implied validation", test: "implied test" } as const;

export class TagBook {
  /** By the name that the source gives, then by the split and who says it. */
  private readonly tags = new Map<string, Map<Said, string>>();
  private readonly taken = new Set<string>();

  tagOf(value: ParsedValue, record: ParsedRecord): string {
    const said = value.isExplicit ? value.split : IMPLIED[value.split];
    let own = this.tags.get(value.raw);
    if (own === undefined) {
      own = new Map();
      this.tags.set(value.raw, own);
    }
    let tag = own.get(said);
    if (tag === undefined) {
      tag = this.free(value, record);
      own.set(said, tag);
      this.taken.add(plain(tag));
    }
    return tag;
  }

  private free({ split, name, raw }: ParsedValue, { stepName, step }: ParsedRecord): string {
    const own = raw.trim().replace(/\s+/g, "_").toLowerCase();
    const counted = own !== name ? own : `${step === undefined ? "epoch" : stepName}_${name}`;
    const candidates = [`${split}/${name}`, `${split}/${counted}`];
    for (let number = 2; ; number++) {
      const tag = candidates.shift() ?? `${split}/${name}_${number}`;
      if (!this.taken.has(plain(tag))) return tag;
    }
  }
}

/** As far as people tell names apart. */
function plain(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z0-9/]+/g, "_");
}
