// From entries to points on one axis. It waits until the first records show what counts, then tells each point as it
// comes: its x, its tags, and whether it begins another run.
import type { Entry, ScalarEntry, TextEntry } from "../format.ts";
import { decideAxis, isConclusive, type Plan } from "./axis.ts";
import { EarlyRecords } from "./early-records.ts";
import { type KnownScalar, KnownScalars, pointOf, recordOf } from "./known-scalars.ts";
import type { Meant, Point } from "./meant.ts";
import {
  beforeAll,
  countedInSteps,
  isForeignStep,
  isHeldOut,
  isOfEpoch,
  isOfRatesAlone,
  isOnlySettings,
  type ParsedRecord,
  RecordParser,
} from "./record-parser.ts";
import { SeenTags } from "./seen-tags.ts";
import { TagBook } from "./tag-book.ts";

/** How long an interpreter waits before it decides what counts. */
export interface InterpreterOptions {
  /** Waits for so many records before it decides what counts, whatever they show. Default 20,000. */
  readonly lookahead?: number;
  /** Decides as soon as that is hardly in doubt: for what is watched live. */
  readonly isEager?: boolean;
}

/** What the last digit of Hugging Face's epochs counts. */
const ROUNDED = 0.01;

/** Makes of entries, as they come, what they mean: what counts, which split and which figure each is. */
export class Interpreter {
  private readonly parser = new RecordParser();
  private readonly tags = new TagBook();
  private readonly scalars = new KnownScalars();
  private readonly lookahead: number;
  private readonly isEager: boolean;
  /** Records, and what came between them where it is to be told in its place. */
  private waiting: (ParsedRecord | TextEntry)[] = [];
  private waitingWithFigures = 0;
  private plan: Plan | undefined;
  /** Where what counts is decided early. */
  private early: EarlyRecords | undefined;
  private seen = new SeenTags();
  private epoch: number | undefined;
  private step: number | undefined;
  /** Steps of the epochs before, where batches are counted on. */
  private base = 0;
  /** The x of the last training figure. */
  private newest = 0;
  private batch = 0;
  /** Of how many in all, as was told last. */
  private epochs: number | undefined;
  private steps: number | undefined;
  private notices = new Set<string>();
  private meant: Meant[] = [];

  constructor({ lookahead = 20_000, isEager = false }: InterpreterOptions = {}) {
    this.lookahead = lookahead;
    this.isEager = isEager;
  }

  push(entries: readonly Entry[]): Meant[] {
    for (const entry of entries) this.take(entry);
    return this.taken();
  }

  /** Decides with what there is. To be called at the end, and when a live source has been silent for a while. */
  settle(): Meant[] {
    if (this.waitingWithFigures > 0 || this.records().some(isOfRatesAlone)) this.decide();
    return this.taken();
  }

  private taken(): Meant[] {
    const meant = this.meant;
    this.meant = [];
    return meant;
  }

  private take(entry: Entry): void {
    if (entry.kind === "begin") {
      if (this.waitingWithFigures > 0) this.decide();
      this.plan = undefined;
      if (this.seen.any) this.restart();
    } else if (entry.kind === "scalar") this.takeScalar(entry);
    else if (entry.kind === "record") this.takeRecord(this.parser.parse(entry));
    else if (entry.kind === "text" && this.mayWait()) this.waiting.push(entry);
    else {
      if (entry.kind === "text") this.early?.add(entry);
      this.meant.push(entry);
    }
  }

  /**
   * What a scalar is whose tag is known, as it goes on from those before; it is then taken. `undefined` where it has to be looked into, as any
   * record: it is to be pushed.
   */
  takeKnown(entry: ScalarEntry): KnownScalar | undefined {
    if (this.plan?.counting !== "step" || this.epoch !== undefined) return undefined;
    const known = this.scalars.get(entry.tag);
    if (known === undefined || !this.goesOn(known, entry)) return undefined;
    this.step = entry.step;
    return known;
  }

  private takeScalar(entry: ScalarEntry): void {
    const known = this.takeKnown(entry);
    if (known !== undefined) {
      this.early?.end();
      this.meant.push(pointOf(known, entry, this.steps));
    } else {
      const point = this.takeRecord(this.parser.parse(recordOf(entry)));
      if (point !== undefined) this.scalars.learn(entry, point);
    }
  }

  /** Whether it is a learning rate, or a figure at a later step than before, which is noted then. */
  private goesOn({ tag, isTrained }: KnownScalar, { step, value }: ScalarEntry): boolean {
    if (tag === undefined) return Number.isFinite(value);
    if (!this.seen.goesOn(tag, step, value)) return false;
    if (isTrained) this.newest = step;
    return true;
  }

  /** What is watched live is told at once; else a text keeps its place among the records that are waited with. */
  private mayWait(): boolean {
    return !this.isEager && this.waitingWithFigures > 0 && this.waiting.length < 2 * this.lookahead;
  }

  /** What it has come to, if anything; while it waits nothing yet. */
  private takeRecord(record: ParsedRecord): Point | undefined {
    if (this.plan !== undefined) {
      const anew = this.early?.contradict(record, this.plan);
      return anew === undefined ? this.place(record, this.plan) : this.decideAnew(anew);
    }
    if (isOnlySettings(record) && this.waiting.length === 0) this.tellSettings(record);
    else this.wait(record);
    return undefined;
  }

  private wait(record: ParsedRecord): void {
    this.waiting.push(record);
    if (record.values.length === 0) return;
    this.waitingWithFigures++;
    const isDue = isPowerOfTwo(this.waitingWithFigures) || this.waitingWithFigures < 16;
    if (this.waitingWithFigures >= this.lookahead || (this.isEager && isDue && isConclusive(this.records())))
      this.decide();
  }

  private tellSettings({ settings, learningRates }: ParsedRecord): void {
    const rates = learningRates.map(({ name, value }) => [name, value] as const);
    this.meant.push({ kind: "settings", values: Object.fromEntries([...settings, ...rates]) });
  }

  private decide(): void {
    const { waiting } = this;
    this.plan = decideAxis(this.records());
    this.waiting = [];
    this.waitingWithFigures = 0;
    this.meant.push({ kind: "start", axis: this.plan.axis });
    if (this.isEager) this.early = new EarlyRecords();
    for (const one of waiting) this.early?.add(one);
    this.placeAll(waiting, this.plan);
  }

  /** What was told so far is told again by another plan. */
  private decideAnew(all: readonly (ParsedRecord | TextEntry)[]): undefined {
    this.plan = decideAxis(all.filter((one): one is ParsedRecord => !("kind" in one)));
    this.seen = new SeenTags();
    this.epoch = undefined;
    this.step = undefined;
    this.base = 0;
    this.newest = 0;
    this.batch = 0;
    this.epochs = undefined;
    this.steps = undefined;
    this.meant.push({ kind: "restart", axis: this.plan.axis });
    this.placeAll(all, this.plan);
  }

  private placeAll(all: readonly (ParsedRecord | TextEntry)[], plan: Plan): void {
    for (const one of all) {
      if ("kind" in one) this.meant.push(one);
      else this.place(one, plan);
    }
  }

  private records(): readonly ParsedRecord[] {
    return this.waiting.filter((one): one is ParsedRecord => !("kind" in one));
  }

  private place(given: ParsedRecord, plan: Plan): Point | undefined {
    const record = plan.areBatchesSteps ? countedInSteps(given) : given;
    if (record.settings.length > 0 && record.values.length === 0 && isOnlySettings(record))
      this.tellSettings(record);
    const isForeign = isForeignStep(record, { epoch: this.epoch, step: this.step, steps: this.steps });
    this.follow(record, plan, isForeign);
    if (record.values.length + record.learningRates.length + record.machine.length === 0) return undefined;
    const named = record.values.map((value) => [this.tags.tagOf(value, record), value.value] as const);
    const x =
      plan.counting === "order" ? this.next(named) : (this.xOf(record, plan, isForeign) ?? beforeAll(record));
    return x === undefined ? undefined : this.tellPoint(record, plan, named, this.apart(x, plan, named));
  }

  /** Epochs that were rounded to two digits come several times: their figures stand side by side, none is lost. */
  private apart(x: number, { crowd }: Plan, named: Point["values"]): number {
    const last = crowd === 1 ? Number.NEGATIVE_INFINITY : this.seen.lastOf(named[0]?.[0] ?? "");
    return last >= x && last < x + ROUNDED ? last + ROUNDED / crowd : x;
  }

  private tellPoint(record: ParsedRecord, plan: Plan, named: Point["values"], x: number): Point {
    if (named.length > 0) this.lookBack(record, named, x);
    const point: Point = {
      kind: "point",
      x,
      values: named,
      learningRates: record.learningRates,
      machine: record.machine.map((value) => [this.tags.tagOf(value, record), value.value]),
      time: record.time,
      of: plan.counting === "epoch" || plan.counting === "batch" ? this.epochs : this.steps,
    };
    this.meant.push(point);
    return point;
  }

  private follow(record: ParsedRecord, { counting }: Plan, isForeign: boolean): void {
    const { epoch, step, batch } = record;
    this.epochs = record.epochs ?? this.epochs;
    if (!isForeign) this.steps = record.steps ?? this.steps;
    const isNewEpoch = epoch !== undefined && epoch !== this.epoch;
    const inEpoch = counting === "running" && !isHeldOut(record) ? (batch ?? step) : undefined;
    if (counting === "running" && (isNewEpoch || (inEpoch !== undefined && inEpoch < this.batch))) {
      this.base = isNewEpoch && epoch < (this.epoch ?? 0) ? 0 : this.base + this.batch;
      this.batch = 0;
    }
    if (inEpoch !== undefined) this.batch = inEpoch;
    if (epoch !== undefined) this.epoch = epoch;
    if (step !== undefined && !isForeign) this.step = step;
  }

  private xOf(record: ParsedRecord, plan: Plan, isForeign: boolean): number | undefined {
    if (plan.counting === "running") return this.base + this.batch;
    if (plan.counting === "step") return (isForeign ? undefined : record.step) ?? this.step ?? this.epoch;
    const epoch = record.epoch ?? this.epoch;
    const inEpoch = record.batch ?? record.step;
    if (plan.counting === "batch" && epoch !== undefined && inEpoch === undefined)
      return this.endOf(epoch, record);
    if (plan.counting === "epoch" || epoch === undefined || inEpoch === undefined) return epoch;
    if (record.values.some(({ split }) => split !== "train")) return epoch;
    const batches = record.batches ?? plan.batches ?? inEpoch;
    return (plan.isFromZero ? epoch : epoch - 1) + (batches > 0 ? Math.min(1, inEpoch / batches) : 0);
  }

  /** What is told of an epoch as a whole stands no earlier than what was told within it. */
  private endOf(epoch: number, { values }: ParsedRecord): number {
    const within = values.some(({ split }) => split === "train") ? this.newest : epoch;
    return within > epoch && within <= epoch + 1 ? within : epoch;
  }

  /** Where nothing counts, the order does, from 1. */
  private next(named: Point["values"]): number {
    // What isn't counted itself stands with what was told last.
    if (named.length === 0) return Math.max(1, this.seen.most);
    return Math.max(0, ...named.map(([tag]) => this.seen.countOf(tag))) + 1;
  }

  /** Whether a place was told before: then another run begins, this one goes on from earlier, or it is told anew. */
  private lookBack(record: ParsedRecord, named: Point["values"], x: number): void {
    const isWholeEpoch = this.plan?.counting === "epoch" && isOfEpoch(record);
    const behind = this.reachesBack(named, x) ? named.filter(([tag]) => x < this.seen.lastOf(tag)) : [];
    if (behind.some(([tag]) => this.seen.isFirstAgain(tag, x))) this.restart();
    else if (behind.length > 0) {
      this.notice(`${this.plan?.axis} ${x} was told again after later ones; the newest figures count`);
    }
    for (const [tag, value] of named) {
      if (tag.startsWith("train/")) this.newest = x;
      if (this.seen.note(tag, x, value) && isWholeEpoch)
        this.notice(`epoch ${x} was told again; the newest figures count`);
    }
  }

  private reachesBack(named: Point["values"], x: number): boolean {
    for (const [tag] of named) if (x < this.seen.lastOf(tag)) return true;
    return false;
  }

  private restart(): void {
    this.seen = new SeenTags();
    this.base = 0;
    this.meant.push({ kind: "restart" });
    this.notice("another run begins in the same source; it is the one that counts");
  }

  private notice(text: string): void {
    // A source that goes back and forth would fill the log.
    if (this.notices.has(text) || this.notices.size > 20) return;
    this.notices.add(text);
    this.meant.push({ kind: "notice", text });
  }
}

function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}
