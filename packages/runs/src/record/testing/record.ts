// A run.json that is whole.
import { DEFAULT_SETTINGS } from "@trainscope/core/settings";
import type { RunRecord } from "../run-record.ts";

const hash = "0".repeat(64);

export function recordMade(some: Partial<RunRecord> = {}): RunRecord {
  return {
    v: 1,
    runId: "a",
    startedAt: "2026-01-02T03:04:05.000Z",
    settings: DEFAULT_SETTINGS,
    data: {
      name: "sample",
      counts: { train: 1, validation: 1, test: 1 },
      sha256: { train: hash, validation: hash, test: hash },
      source: "sample",
      trainOn: "batch1",
      labels: "fine",
    },
    engine: "wasm",
    threads: null,
    modules: { config: null, plugins: [], metrics: [], pictures: true },
    script: [],
    parent: null,
    versions: { trainscope: "0.1.0", node: "24.0.0" },
    arguments: [],
    ...some,
  };
}
