// The program's side of the lines, for programs that run on Node.
import { createInterface } from "node:readline";
import type { Figures, Measurement } from "./messages.ts";

export interface Model {
  /** Back to the initial parameters. */
  reset(): void | Promise<void>;
  /** One epoch of updates. */
  epoch(): Promise<void>;
  /** Train and validation. */
  evaluate(): Promise<Figures>;
  close?(): Promise<void>;
}

/** Answers until `quit`, or until the harness is gone. */
export async function serve(versions: Readonly<Record<string, string>>, model: Model): Promise<void> {
  const lines = createInterface({ input: process.stdin });
  say({ ready: true, versions: { node: process.versions.node, ...versions } });
  for await (const line of lines) {
    if (line === "quit") break;
    say(await measure(model, line === "epoch+evaluate"));
  }
  await model.close?.();
}

/** Says that the program can't take part. */
export function sayMissing(reason: string): void {
  say({ missing: reason });
}

async function measure(model: Model, isEvaluated: boolean): Promise<Measurement> {
  await model.reset();
  const start = performance.now();
  await model.epoch();
  const figures = isEvaluated ? await model.evaluate() : undefined;
  const ms = performance.now() - start;
  return { ms, ...(figures ?? (await model.evaluate())) };
}

function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
