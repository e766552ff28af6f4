// The model of a checkpoint, which classifies by itself.
import { requireArgument, TrainscopeError } from "../errors.ts";
import type { Classifier } from "../model/classifier.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** What of a checkpoint makes a model. */
type ModelSource = Pick<Checkpoint, "epoch" | "parameters" | "model"> & {
  readonly settings: Pick<Checkpoint["settings"], "loss">;
  readonly bestEpoch?: Checkpoint["bestEpoch"];
};

/**
 * The model with the parameters that the run stood at; where `which` is "best", with those of its best epoch so far.
 *
 * @throws TrainscopeError `BAD_DATA` for a checkpoint of an earlier version, which doesn't hold the statistics, classes and
 * shape, `BAD_OPTION` where it has no best epoch's parameters
 * @example
 * const model = classifierOf(await decodeCheckpoint(await readFile("epoch-0040.safetensors")));
 * const { labels } = predict(model, images);
 */
export function classifierOf(checkpoint: ModelSource, which: "here" | "best" = "here"): Classifier {
  requireArgument("classifierOf", "checkpoint", checkpoint, "an object");
  const { model, settings, bestEpoch = null, parameters, epoch } = checkpoint;
  if (model === undefined) {
    throw new TrainscopeError(
      "BAD_DATA",
      `the checkpoint of epoch ${epoch} doesn't hold what its parameters mean`,
      {
        hint: "An earlier version wrote it: continue the run, and take a checkpoint that is written then.",
      },
    );
  }
  if (which === "best" && bestEpoch === null) {
    throw new TrainscopeError("BAD_OPTION", `the checkpoint of epoch ${epoch} has no best epoch's parameters`, {
      hint: 'They are there where the run is trained with `keep: "best"`.',
    });
  }
  const chosen = which === "best" && bestEpoch !== null ? bestEpoch.parameters : parameters;
  return { ...model, parameters: chosen, loss: settings.loss };
}
