// For engines whose kernels read bytes.
import { type LabelledImages, SPLITS, type Split } from "../data/dataset.ts";
import { TrainscopeError } from "../errors.ts";
import type { EngineSetup } from "./engine.ts";

/** A setup whose splits are images. */
export interface ByteSetup extends EngineSetup {
  readonly splits: Readonly<Record<Split, LabelledImages>>;
}

/** Throws `NOT_SUPPORTED` where the rows are features. `engine`: its name. */
export function requireBytes(setup: EngineSetup, engine: string): asserts setup is ByteSetup {
  if (SPLITS.every((split) => setup.splits[split].images instanceof Uint8Array)) return;
  throw new TrainscopeError(
    "NOT_SUPPORTED",
    `the ${engine} engine reads images as bytes; the dataset has features`,
    {
      hint: "The reference engine takes them: engine: createReferenceEngine.",
    },
  );
}
