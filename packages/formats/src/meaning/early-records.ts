// What was decided of a live source's first records may turn out otherwise: they are kept until more could hardly change it.
import type { TextEntry } from "../format.ts";
import { decideAxis, type Plan } from "./axis.ts";
import type { ParsedRecord } from "./record-parser.ts";

/** After so many epochs or records what counts is as it is. */
const MOST_EPOCHS = 4;
const MOST_RECORDS = 20_000;
const MOST_TEXTS = 1000;
/** So many records are looked at one by one, then at each power of two. */
const ONE_BY_ONE = 16;

export class EarlyRecords {
  private kept: (ParsedRecord | TextEntry)[] = [];
  private records: ParsedRecord[] = [];
  /** How many of them have figures. */
  private withFigures = 0;
  private texts = 0;
  private epochs = 0;
  private epoch = Number.NEGATIVE_INFINITY;
  private isOver = false;

  add(one: ParsedRecord | TextEntry): void {
    if (this.isOver) return;
    if ("kind" in one) {
      if (this.texts++ < MOST_TEXTS) this.kept.push(one);
      return;
    }
    this.kept.push(one);
    this.records.push(one);
    if (one.values.length > 0) this.withFigures++;
  }

  /** All that came, in order, where the newest record shows that another plan is right. */
  contradict(record: ParsedRecord, plan: Plan): readonly (ParsedRecord | TextEntry)[] | undefined {
    if (this.isOver) return undefined;
    this.add(record);
    // Places and learning rates are kept for when they are told again; what counts is seen at figures.
    if (record.values.length === 0) return this.endIfMany();
    const count = this.withFigures;
    const epoch = Math.floor(record.epoch ?? this.epoch);
    const isNewEpoch = epoch > this.epoch;
    this.epoch = epoch;
    if (isNewEpoch) this.epochs++;
    const isDue = isNewEpoch || count < ONE_BY_ONE || (count & (count - 1)) === 0;
    const kept = isDue && differs(decideAxis(this.records), plan, record) ? this.kept : undefined;
    if (this.epochs > MOST_EPOCHS) this.end();
    this.endIfMany();
    return kept;
  }

  private endIfMany(): undefined {
    if (this.records.length >= MOST_RECORDS) this.end();
  }

  end(): void {
    this.isOver = true;
    this.kept = [];
    this.records = [];
  }
}

function differs(one: Plan, other: Plan, { batches }: ParsedRecord): boolean {
  const isOfOtherLength = one.counting === "batch" && batches === undefined && one.batches !== other.batches;
  return (
    one.counting !== other.counting ||
    one.isFromZero !== other.isFromZero ||
    one.crowd !== other.crowd ||
    isOfOtherLength
  );
}
