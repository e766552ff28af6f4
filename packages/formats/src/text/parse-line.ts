// A printed line as fields, by general rules: a counter is a number after a word for epochs, steps or batches; a
// figure is a number after a name and `=` or `:`, or right after the name of a loss or a score.
import type { Split } from "@trainscope/core";
import { throughputName } from "../meaning/throughput.ts";
import { type Counter, isMeasure, splitOfWord } from "../meaning/words.ts";
import { type Blanked, blankOut } from "./blank-out.ts";
import { countedLine } from "./counted-line.ts";
import { isOfProgram, nameAccuracies } from "./line-figures.ts";
import {
  counterBefore,
  figureBeforePlace,
  isDuration,
  isEpochOfSplit,
  isLearningRate,
  isMean,
  isMeasuredFigure,
  isNameOfPair,
  isNoName,
  isOfHeldOut,
  isOfMachine,
  isOnlyBracket,
  isSplitBracket,
  isSplitOfEpoch,
  isSuperlative,
  isTrustedName,
  speaksOfElsewhere,
  stepName,
} from "./line-words.ts";
import { isOnlyPlace, nameBefore, reduce, splitIn } from "./names.ts";
import type { ParsedLine } from "./parsed-line.ts";
import { type ScannedNumber, scanNumbers } from "./scan-numbers.ts";
import { isFigureOfSplit, measureSharedBy, type SharedMeasure } from "./shared-measure.ts";

/** What brackets without a word count, which only the lines before can tell. */
export interface BracketMeaning {
  /** Whether epochs are told by their word, so that `[3/40]` by itself counts batches. */
  readonly hasEpochs: boolean;
  /** Whether `Batch 2/100` is batch 100 of epoch 2. */
  readonly hasPairs: boolean;
}

/** `undefined` where the line tells neither a place nor a figure. */
export function parseLine(line: string, brackets: BracketMeaning): ParsedLine | undefined {
  const parser = new LineParser(blankOut(line), brackets);
  return parser.parse();
}

class LineParser {
  private readonly text: string;
  private readonly bar: Blanked["bar"];
  private readonly brackets: BracketMeaning;
  private readonly fields: [string, number | null][] = [];
  private split: Split | undefined;
  private counted = false;
  private hasEpoch = false;
  private hasStep = false;
  private hasBracketEpoch = false;
  private hasPair = false;
  private figures = 0;
  private measures = 0;
  private rates = 0;
  private readonly ofPerCent: [string, number | null][] = [];
  /** The figure in `Loss after epoch 3: 0.5`, until its value comes. */
  private announced: string | undefined;
  /** Of the last figure, if it named its split. */
  private shared: SharedMeasure | undefined;
  /** Where the number before ended, and whether it may have an average in brackets after it. */
  private averageOf: number | undefined;

  constructor({ text, bar }: Blanked, brackets: BracketMeaning) {
    this.text = text;
    this.bar = bar;
    this.brackets = brackets;
  }

  parse(): ParsedLine | undefined {
    const counted = countedLine(this.text);
    if (counted !== undefined) return counted;
    const lead = /^[^\d]*/.exec(this.text)?.[0] ?? "";
    if (speaksOfElsewhere(lead)) return undefined;
    // TensorFlow's estimators and PaddlePaddle write an evaluation down so.
    this.split = /\b(?:saving dict|cur metric)\b/i.test(lead) ? "validation" : splitIn(lead);
    const { split } = this;
    if (this.bar !== undefined) {
      this.add("batch", this.bar.batch);
      if (Number.isFinite(this.bar.batches)) this.add("batches", this.bar.batches);
    }
    scanNumbers(this.text, (number) => this.take(number));
    nameAccuracies(this.fields, this.ofPerCent);
    const hasFigures = this.measures > 0 || this.rates > 0;
    if (!this.counted && (!hasFigures || (this.rates === 0 && this.fields.every(isOfProgram))))
      return undefined;
    const isPlace = this.counted && (this.figures > 0 || isOnlyPlace(lead));
    if (!isPlace && !hasFigures) return undefined;
    const { fields, counted: isCounted, split: lastSplit } = this;
    return {
      fields,
      split,
      lastSplit,
      isCounted,
      hasFigure: this.figures > 0,
      hasBracketEpoch: this.hasBracketEpoch,
      hasPair: this.hasPair,
      hasFullBar: this.bar !== undefined && this.bar.batch === this.bar.batches,
    };
  }

  /** Whether the number was used. */
  private take(number: ScannedNumber): boolean {
    const averaged = this.averageOf;
    this.averageOf = undefined;
    if (averaged !== undefined && /^\s*\(\s*$/.test(number.before)) return this.takeAverage(number, averaged);
    const speed = throughputName(number.unit);
    if (speed !== undefined) {
      if (this.counted) this.fields.push([speed, number.value]);
      return true;
    }
    const { name, last, separator, isBracket } = nameBefore(number.before);
    // llm.c's log.
    if (this.fields.length === 0 && /^\s*s:$/.test(number.before)) return this.takeCounter("step", "s", number);
    if (this.isEpochByUnit(number)) return this.takeCounter("epoch", "epoch", { ...number, unit: "" });
    if (name === "" && separator && this.announced !== undefined) {
      return this.takeFigure(this.announced, "", true, number);
    }
    if (name === "") return this.takeNameless(number, isBracket);
    if (isOfHeldOut(last) && number.of !== undefined && number.value !== null) {
      return this.addBatch(number.value, number.of);
    }
    const counter = counterBefore(last);
    if (counter !== null) {
      // `Best epoch: 3` is the place of another line.
      if (isSuperlative(name)) return true;
      this.announced = figureBeforePlace(name) ?? undefined;
      return this.takeCounter(counter.counter, last, number);
    }
    // Training 100/400
    const isFirst = this.fields.length === 0;
    const split = splitOfWord(name);
    if (isFirst && number.of !== undefined && split !== undefined && !isBracket) {
      const one = this.brackets.hasEpochs || split !== "train" ? "batch" : "step";
      return this.takeCounter(one, one, number);
    }
    if (isFirst && this.isSplitsEpoch(name, separator, number))
      return this.takeCounter("epoch", "epoch", number);
    if (isBracket && isDuration(number)) {
      // `VALID (149.8s) loss=0.5`
      this.split = splitIn(number.before) ?? this.split;
      return true;
    }
    if (isBracket && splitOfWord(last) !== undefined) return this.takeNameless(number, true);
    return this.takeFigure(name, last, separator, number);
  }

  private isSplitsEpoch(name: string, separator: boolean, number: ScannedNumber): boolean {
    if (separator) return isEpochOfSplit(name, number, this.text);
    return isSplitOfEpoch(number.before, number, this.text);
  }

  /** `loss 0.35 (0.31)`: the mean so far, which says more than the last batch. */
  private takeAverage(number: ScannedNumber, averaged: number): boolean {
    const field = this.fields[averaged];
    if (field !== undefined && isMean(number, field, this.text)) field[1] = number.value;
    return true;
  }

  private takeCounter(counter: Counter, word: string, number: ScannedNumber): boolean {
    const { value, of, unit } = number;
    if (value === null || !(value >= 0) || unit !== "") return false;
    if (!Number.isInteger(value) && counter !== "epoch") return false;
    if (this.figures === 0) this.split ??= splitIn(number.before);
    const total = ({ epoch: "epochs", step: "steps", batch: "batches" } as const)[
      counter as "epoch" | "step" | "batch"
    ];
    if (counter === "batch" && of !== undefined && (of === 0 || this.brackets.hasPairs)) {
      // No epoch has no batches.
      this.hasPair = true;
      this.add("epoch", value);
      return this.addBatch(of, undefined);
    }
    // `steps: 10/1000`
    if (counter === "steps" && of !== undefined) return this.takeCounter("step", "step", number);
    // In an epoch a step with an end is the epoch's batch, unless the line tells more.
    const isBatch = counter === "step" && this.hasEpoch && of !== undefined;
    if (isBatch) return this.addBatch(value, of);
    this.hasEpoch ||= counter === "epoch";
    this.hasStep ||= counter === "step";
    this.add(counter === "step" ? stepName(word) : counter, value);
    if (of !== undefined && total !== undefined) this.add(total, of);
    return true;
  }

  private addBatch(value: number, of: number | undefined): boolean {
    this.add("batch", value);
    if (of !== undefined) this.add("batches", of);
    return true;
  }

  /** A number after nothing but signs: `[12]`, `[3/40]`, `[1, 2000]`, `12:`, `3/40:`, `0 [D loss: 0.7]`. */
  private takeNameless(number: ScannedNumber, isBracket: boolean): boolean {
    const { value, of, before, end, unit } = number;
    if (value === null || !Number.isInteger(value) || value < 0 || unit !== "") return false;
    const next = this.text.slice(end, end + 2);
    const isFirst = this.fields.length === 0;
    if (isFirst && /^[\s[(]*$/.test(before) && !isBracket) {
      if (!/^(?::|\t|\s[[(|]|,\s)/.test(next) || (of === undefined && next.startsWith(","))) return false;
      // `1/2000 (epoch 0.5)`
      const isStep = /^\s*\(epoch/i.test(this.text.slice(end, end + 9));
      const counter = of !== undefined && this.brackets.hasEpochs && !isStep ? "batch" : "step";
      return this.takeCounter(counter, counter, number);
    }
    if (isFirst && (isBracket || isSplitBracket(before)))
      return this.takeFirstBracket(number, next.trimStart());
    const isLast = isBracket && of !== undefined && /^\s*\]\s*$/.test(this.text.slice(end));
    // `loss: 2.3 [  64/60000]`
    if (!this.counted && isLast) return this.addBatch(value, of);
    if (!this.counted || this.figures > 0) return false;
    const isBatch = isBracket || (of !== undefined && /^[\s:|\]]*$/.test(before));
    // `[1, 2000]`
    const isSecond = /^,\s*$/.test(before) && next.startsWith("]");
    if (!isBatch && !isSecond) return false;
    return this.addBatch(value, of);
  }

  private takeFirstBracket({ value, of, before }: ScannedNumber, next: string): boolean {
    if (value === null || !/^[\])/,]/.test(next)) return false;
    const isHeldOut = this.split === "validation" || this.split === "test";
    if (of !== undefined) {
      if (isHeldOut || this.brackets.hasEpochs) return this.addBatch(value, of);
      this.hasEpoch = true;
      this.hasBracketEpoch = true;
      this.add("epoch", value);
      this.add("epochs", of);
      return true;
    }
    if (!isOnlyBracket(before)) return false;
    this.hasEpoch = next.startsWith(",");
    this.hasStep = !this.hasEpoch;
    this.add(this.hasEpoch ? "epoch" : "step", value);
    return true;
  }

  /** `3epoch:train:1-100batch: loss=0.5` */
  private isEpochByUnit({ unit, value, of, end }: ScannedNumber): boolean {
    const isNamed = unit === "epoch" || (of !== undefined && this.text.startsWith("epoch", end));
    return isNamed && Number.isInteger(value) && !this.counted && this.figures === 0;
  }

  private takeFigure(name: string, last: string, separator: boolean, number: ScannedNumber): boolean {
    const isTrusted = isTrustedName(last) || this.isOfSplit(name, last);
    if (!separator && !isTrusted && !this.isFigureAnyway(last, number)) return false;
    this.announced = undefined;
    const isPair = isNameOfPair(name, number.before) && splitOfWord(last) === undefined;
    const own = reduce(isPair ? last : name);
    const isSplit = splitOfWord(own) !== undefined;
    if (isSplit && !isFigureOfSplit(number, this.text, this.shared)) return this.takeCount(number);
    const reduced = isSplit && this.shared !== undefined ? `${own} ${this.shared.measure}` : own;
    if (reduced === "" || isNoName(last)) return false;
    if (isSuperlative(name)) return true;
    if (number.unit !== "" && number.unit !== "%" && !isMeasure(reduced)) return true;
    if (isOfMachine(name) && !isMeasure(reduced)) return true;
    const measure = isMeasuredFigure(reduced);
    const { value, of } = number;
    this.figures++;
    if (measure) this.measures++;
    else if (isLearningRate(reduced)) this.rates++;
    const ownSplit = splitIn(reduced);
    this.shared = ownSplit !== undefined && measure ? measureSharedBy(reduced, number) : undefined;
    // `train=0.37 val=0.46 loss=1.7`: what is nothing but a split says nothing of what comes next.
    if (!isSplit) this.split = ownSplit ?? splitIn(number.before) ?? this.split;
    const full = ownSplit === undefined && this.split !== undefined ? `${this.split} ${reduced}` : reduced;
    this.averageOf = this.fields.length;
    const isPart = value !== null && of !== undefined && of > 0 && measure;
    const field: [string, number | null] = [full, isPart ? value / of : value];
    if (number.unit === "%") this.ofPerCent.push(field);
    this.fields.push(field);
    return true;
  }

  /** `LOSS train 0.5 valid 0.6`: splits in the place of a name. */
  private isOfSplit(name: string, last: string): boolean {
    return splitOfWord(last) !== undefined && (this.shared !== undefined || isMeasure(name));
  }

  /** `train 100/400` before any figure are batches; else it is only known that it is none. */
  private takeCount({ value, of }: ScannedNumber): boolean {
    return value === null || of === undefined || this.figures > 0 || this.addBatch(value, of);
  }

  /** A name that nobody knows, in a line that tells its place: `epoch 3 foo 0.5`. */
  private isFigureAnyway(last: string, { text }: ScannedNumber): boolean {
    return this.counted && /[.e]/i.test(text) && !isNoName(last) && /^[\p{Letter}_][\w@/.-]*$/u.test(last);
  }

  private add(name: string, value: number): void {
    this.counted = true;
    this.fields.push([name, value]);
  }
}
