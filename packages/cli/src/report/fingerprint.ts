// Names a dataset's bytes, so that what was trained on other images isn't taken for what would be trained on these.
import { createHash } from "node:crypto";
import type { Dataset } from "@trainscope/core";

/** SHA-256 of the training and validation images with their labels, found out once for each dataset. */
export function createFingerprints(): (dataset: Dataset) => string {
  const known = new Map<Dataset, string>();
  return (dataset) => {
    const before = known.get(dataset);
    if (before !== undefined) return before;
    const hash = createHash("sha256");
    for (const { images, labels } of [dataset.train, dataset.validation]) {
      // Lengths too: where one split ends and the next begins makes a difference.
      hash.update(Uint32Array.of(labels.length)).update(labels).update(images);
    }
    const fingerprint = hash.digest("hex");
    known.set(dataset, fingerprint);
    return fingerprint;
  };
}
