// Measures programs round after round, one after the other: what disturbs the machine for a while disturbs all alike.
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@trainscope/core/errors";
import type { Measurement, Request } from "./protocol/messages.ts";

export interface Measurable {
  measure(request: Request): Promise<Measurement>;
}

export interface RoundOptions {
  readonly request: Request;
  readonly rounds: number;
  /** Milliseconds before each program's turn: threads of the one before spin for a while before they sleep. */
  readonly pauseMs: number;
}

export interface Rounds<Key> {
  /** One for each round, in order; the same place in two lists is the same round. */
  readonly measurements: ReadonlyMap<Key, readonly Measurement[]>;
  /** Why a program was given up; it has no measurements then. */
  readonly failures: ReadonlyMap<Key, string>;
}

/** Compilers that work while the program runs are done with it by then. */
const WARM_UP = 3;

/**
 * A program of less than this has one epoch more before each that counts: its data and threads are then as they are
 * in the middle of a run, and not as the others have left the machine. A longer one finds that by itself.
 */
const SHORT_MS = 300;

export async function measureRounds<Key>(
  programs: ReadonlyMap<Key, Measurable>,
  { request, rounds, pauseMs }: RoundOptions,
): Promise<Rounds<Key>> {
  const measurements = new Map<Key, Measurement[]>();
  const failures = new Map<Key, string>();
  const short = new Set<Key>();

  async function warmUp(key: Key, program: Measurable): Promise<void> {
    for (let i = 0; i < WARM_UP; i++) {
      const { ms } = await program.measure(request);
      if (ms < SHORT_MS) short.add(key);
      else if (i > 0) break;
    }
    measurements.set(key, []);
  }

  async function takeTurn(key: Key, program: Measurable): Promise<void> {
    await sleep(pauseMs);
    if (short.has(key)) await program.measure(request);
    measurements.get(key)?.push(await program.measure(request));
  }

  for (let round = 0; round <= rounds; round++) {
    for (const [key, program] of programs) {
      if (failures.has(key)) continue;
      try {
        await (round === 0 ? warmUp(key, program) : takeTurn(key, program));
      } catch (thrown) {
        failures.set(key, messageOf(thrown));
        measurements.delete(key);
      }
    }
  }
  return { measurements, failures };
}
