// The lines between the harness and a program that it measures: JSON answers to plain words.
//
//   program: {"ready":true,"versions":{"numpy":"1.24.2"}}    or {"missing":"numpy is not installed"}, and it ends
//   harness: epoch                                            one epoch of updates from the initial parameters
//   program: {"ms":41.2,"loss":1.969, ...}                    the loss of the train split is found after the clock stops
//   harness: epoch+evaluate                                   the evaluation of train and validation included
//   program: {"ms":80.5,"loss":1.969,"cost":2.26, ...}
//   harness: quit

export type Request = "epoch" | "epoch+evaluate";

export interface Ready {
  readonly ready: true;
  /** Of what matters for the time: language, library, compiler. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Why the program can't take part on this machine. */
export interface Missing {
  readonly missing: string;
}

/** Of the train and the validation split, after the epoch. */
export interface Figures {
  readonly loss: number;
  readonly cost?: number;
  /** 0 to 1. */
  readonly accuracy?: number;
  readonly validationLoss?: number;
  readonly validationCost?: number;
  readonly validationAccuracy?: number;
}

export interface Measurement extends Figures {
  /** Milliseconds of what was asked for. */
  readonly ms: number;
  /** Floating-point operations in that time; only of programs that measure the peak. */
  readonly flops?: number;
}

/** Reads an answer. Throws `Error` where the line is none. */
export function parseGreeting(line: string): Ready | Missing {
  const value = parseObject(line);
  if (typeof value.missing === "string") return { missing: value.missing };
  const versions = value.versions;
  if (value.ready !== true || typeof versions !== "object" || versions === null) throw notUnderstood(line);
  return {
    ready: true,
    versions: Object.fromEntries(Object.entries(versions).map(([k, v]) => [k, String(v)])),
  };
}

/** Reads a measurement. Throws `Error` unless its time and its loss are finite and its other fields numbers. */
export function parseMeasurement(line: string): Measurement {
  const value = parseObject(line);
  const { ms, loss } = value;
  const others = Object.values(value);
  if (!Number.isFinite(ms) || !Number.isFinite(loss) || others.some((other) => typeof other !== "number")) {
    throw notUnderstood(line);
  }
  return value as unknown as Measurement;
}

function parseObject(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw notUnderstood(line);
}

function notUnderstood(line: string): Error {
  return new Error(`it answered ${JSON.stringify(line.slice(0, 200))}`);
}
