// `split/name` of each figure, no two alike: where two figures of a source would share a tag, the second keeps more of
// the name that its source gives it.
import type { Split } from "@trainscope/core";
import type { ParsedRecord, ParsedValue } from "./record-parser.ts";

type Said = Split | `implied ${Split}`;

const IMPLIED = { train: "implied train", validation: "implied validation", test: "implied test" } as const;

export class TagBook {
  /** By the name that the source gives, then by the split and who says it. */
  private readonly tags = new Map<string, Map<Said, string>>();
  /** By the tag as far as people tell tags apart: the tag, and what the source calls the figure that has it. */
  private readonly taken = new Map<string, { readonly tag: string; readonly raw: string }>();

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
      if (!this.taken.has(plain(tag))) this.taken.set(plain(tag), { tag, raw: value.raw });
    }
    return tag;
  }

  private free(value: ParsedValue, record: ParsedRecord): string {
    const { split, name, raw } = value;
    const own = raw.trim().replace(/\s+/g, "_").toLowerCase();
    const counted = own !== name ? own : `${record.step === undefined ? "epoch" : record.stepName}_${name}`;
    const candidates = [`${split}/${name}`, `${split}/${counted}`];
    for (let number = 2; ; number++) {
      const tag = candidates.shift() ?? `${split}/${name}_${number}`;
      const other = this.taken.get(plain(tag));
      if (other === undefined) return tag;
      if (this.isSaidOtherwise(value, other.raw, record)) return other.tag;
    }
  }

  /** `CV loss` of a batch and `CV cv_loss` of the epoch: one figure in the words of a printing program, which no line tells twice. */
  private isSaidOtherwise(
    { raw, split, isExplicit }: ParsedValue,
    other: string,
    { values }: ParsedRecord,
  ): boolean {
    if (!isExplicit || !(raw.includes(" ") || other.includes(" "))) return false;
    return this.tags.get(other)?.has(split) === true && !values.some((one) => one.raw === other);
  }
}

/** As far as people tell names apart. */
function plain(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z0-9/]+/g, "_");
}
