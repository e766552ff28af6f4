// Part (e): how much of the machine's multiply-add peak an epoch's kernels reach, all measured in the same rounds.
import { join } from "node:path";
import { measureEntrants } from "../measure-entrants.ts";
import { otherEngines } from "../programs/engines.ts";
import {
  cCommand,
  cEntrants,
  cWidths,
  type Entrant,
  type EntrantOptions,
  epochEntrants,
} from "../programs/entrants.ts";
import type { Measurement } from "../protocol/messages.ts";
import { nodeCommand } from "../protocol/program.ts";
import type { PartReport } from "../report.ts";
import { median } from "../statistics.ts";
import { digits, percent } from "../table.ts";

export interface KernelPartOptions extends EntrantOptions {
  readonly rounds: number;
  readonly pauseMs: number;
}

const WASM_PEAK = join(import.meta.dirname, "../peers/wasm-peak.ts");

/** An entrant beside the peak of the vectors that it computes with. */
interface Kernel {
  readonly entrant: Entrant;
  readonly peak: Entrant;
}

export async function runKernels(options: KernelPartOptions): Promise<PartReport> {
  const { job, rounds } = options;
  const kernels = listKernels(options);
  const entrants = new Set(kernels.flatMap(({ entrant, peak }) => [entrant, peak]));
  const measured = await measureEntrants([...entrants], { ...options, request: "epoch" });
  const { measurements, missing, failed } = measured;
  // Forward and backward: a multiplication and an addition each for every image, class and input.
  const flops = 4 * job.images * job.classes * job.inputs;
  const results = kernels.flatMap(({ entrant, peak }) => {
    const rates = gigaflops(measurements.get(entrant), flops);
    const peaks = gigaflops(measurements.get(peak), flops);
    if (rates.length === 0) return [];
    const shares = rates.map((rate, round) => rate / (peaks[round] ?? Number.NaN));
    return [{ name: entrant.name, rate: median(rates), peak: median(peaks), share: median(shares) }];
  });
  return {
    part: "e",
    title: `(e) Kernels against the multiply-add peak: ${job.images} images, one thread, ${rounds} rounds`,
    table: {
      columns: ["program", "GFLOP/s", "peak of its vectors", "share"],
      rows: results.map(({ name, rate, peak, share }) => [name, digits(rate), digits(peak), percent(share)]),
    },
    notes: [
      `An epoch of updates counts ${(flops / 1e9).toFixed(2)} GFLOP: 4 x images x classes x inputs.`,
      "Loops: an engine's two inner loops by themselves, on data in the first caches.",
      "Peaks: independent multiply-adds in registers, relaxed_madd in WebAssembly.",
      ...missing,
    ],
    errors: failed,
    data: { rounds, flops, results, missing },
  };
}

/** Of an engine, each beside the peak of the vectors that it computes with: an epoch, and its two inner loops. */
function kernelsOf(engine: string, options: KernelPartOptions): Kernel[] {
  const widest = cWidths()[0] ?? 16;
  const start = (loop: "peak" | "scores" | "gradient"): Entrant["command"] => {
    if (engine !== "native") return () => nodeCommand(WASM_PEAK, loop);
    if (loop === "peak") return () => cCommand("peak", widest, options.folder, []);
    return () => cCommand("tiles", widest, options.folder, [loop]);
  };
  const peak = peakEntrant(`${engine} peak`, start("peak"));
  const loops = [
    peakEntrant(`${engine}, its forward loop`, start("scores")),
    peakEntrant(`${engine}, its backward loop`, start("gradient")),
  ];
  const epoch = epochEntrants({ ...options, engine, threads: [1], peers: [] }).filter(
    ({ role }) => role === "ours",
  );
  return [...epoch, ...loops].map((entrant) => ({ entrant, peak }));
}

function listKernels(options: KernelPartOptions): Kernel[] {
  const engines = [options.engine, ...otherEngines(options.engine)];
  const widths = cWidths();
  const inC = cEntrants(options, 1).map((entrant, i) => {
    const command = () => cCommand("peak", widths[i] ?? 16, options.folder, []);
    return { entrant, peak: peakEntrant(`${entrant.name} peak`, command) };
  });
  return [...engines.flatMap((engine) => kernelsOf(engine, options)), ...inC];
}

function peakEntrant(name: string, command: Entrant["command"]): Entrant {
  return { name, threads: 1, role: "peer", tolerance: 0, command };
}

/** 10^9 floating-point operations a second, one figure a round. */
function gigaflops(measurements: readonly Measurement[] | undefined, flops: number): number[] {
  return (measurements ?? []).map((measurement) => (measurement.flops ?? flops) / measurement.ms / 1e6);
}
