// The images that a configuration's `data` function gives.
import { completeDataset, type Dataset, type DatasetInput, type TrainscopeConfig } from "@trainscope/core";
import { messageOf, TrainscopeError, thrownAt } from "@trainscope/core/errors";
import { placeText } from "@trainscope/tui/text";

/** What `data` may be in a configuration; a flag is a text. */
export type DataChoice = NonNullable<TrainscopeConfig["data"]>;

/** What a record calls such data. No path is called so, as these are absolute. */
export const CONFIGURED = "configuration";

/** Throws `BAD_CONFIG` where the function does, and `BAD_DATA` where what it gives is no dataset. */
export async function callForData(data: Exclude<DataChoice, string>): Promise<Dataset> {
  let given: DatasetInput;
  try {
    given = await data();
  } catch (cause) {
    if (cause instanceof TrainscopeError) throw cause;
    const place = placeText({ place: thrownAt(cause) });
    throw new TrainscopeError("BAD_CONFIG", `the configuration's data() threw${place}: ${messageOf(cause)}`, {
      hint: "--verbose shows its stack.",
      cause,
    });
  }
  if (given?.train !== undefined && "features" in given.train) {
    throw new TrainscopeError(
      "NOT_SUPPORTED",
      "what the configuration's data() gave has features; a run of the command trains on images",
      {
        hint: "Give images as bytes, or train on features in a program: fit({ dataset }) of @trainscope/core.",
      },
    );
  }
  try {
    return completeDataset(given);
  } catch (cause) {
    if (!(cause instanceof TrainscopeError)) throw cause;
    const message = `what the configuration's data() gave is no dataset: ${cause.message}`;
    throw new TrainscopeError("BAD_DATA", message, {
      hint: "It has a name, classNames, a shape, and train with images and labels as Uint8Array.",
      cause,
    });
  }
}
