// A nested object as flat fields: `{"val": {"loss": 1}}` is `val/loss`, `{"lr": [0.1, 0.2]}` is `lr/0` and `lr/1`.
import type { Field, FieldValue } from "../format.ts";
import { counterOf } from "../meaning/words.ts";
import { parseNumber } from "../text/numbers.ts";
import { isObject, type LooseObject, type LooseValue } from "./loose-json.ts";

const DEEPEST = 8;
const MOST_FIELDS = 4096;
/** Longer arrays are data rather than figures. */
const LONGEST_ARRAY = 64;

/** What the entries of an array are, by the end of its name and its length (pycocotools' summary). */
const ARRAY_NAMES: readonly { readonly name: RegExp; readonly entries: readonly string[] }[] = [
  {
    name: /coco_eval_(?:bbox|segm|masks)$/,
    entries: ["AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl"],
  },
  {
    name: /coco_eval_keypoints$/,
    entries: ["AP", "AP50", "AP75", "APm", "APl", "AR", "AR50", "AR75", "ARm", "ARl"],
  },
];

export function flatten(object: LooseObject): Field[] {
  const fields: Field[] = [];
  addObject(fields, "", object, 0);
  // Groups that went may have told the same twice.
  return [...new Map(fields)];
}

function addObject(fields: Field[], prefix: string, object: LooseObject, depth: number): void {
  // An object within a line that names its type is W&B's picture, table or video.
  if (depth > DEEPEST || (depth > 0 && "_type" in object)) return;
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (addPlace(fields, key, value) || addPlaceOf(fields, key, value)) continue;
    const name = isWrapper(key, value, object, depth) ? prefix : prefix === "" ? key : `${prefix}/${key}`;
    add(fields, name, value, depth);
  }
}

/** Groups whose name says nothing of what is in them: `{"epoch": 1, "metrics": {"val_loss": 0.5}}`. */
const WRAPPERS = /^(?:metrics|data|values|results|scalars|stats|logs?)$/i;

function isNeutral(key: string, value: LooseValue | undefined): value is LooseObject {
  return WRAPPERS.test(key) && isObject(value);
}

/** Whether a group can go: nothing beside it, nor in another that could, has a name of its own there and another value. */
function isWrapper(
  key: string,
  value: LooseValue | undefined,
  around: LooseObject,
  depth: number,
): value is LooseObject {
  if (!isNeutral(key, value)) return false;
  const own = new Map(unwrapped(value, depth));
  const { [key]: _, ...others } = around;
  return !unwrapped(others, depth).some(([name, other]) => own.has(name) && own.get(name) !== other);
}

/** What an object would hold if all groups went whose name says nothing. */
function unwrapped(object: LooseObject, depth: number): (readonly [string, LooseValue | undefined])[] {
  return Object.entries(object).flatMap(([key, value]) =>
    isNeutral(key, value) && depth < DEEPEST ? unwrapped(value, depth + 1) : [[key, value] as const],
  );
}

/** NVIDIA's loggers tell epoch and iteration as `"step": [1, 250]`. */
function addPlace(fields: Field[], key: string, value: LooseValue | undefined): boolean {
  if (key !== "step" || !Array.isArray(value) || value.length < 2) return false;
  const [epoch, iteration] = value;
  if (typeof epoch !== "number" || typeof iteration !== "number") return false;
  fields.push(["epoch", epoch], ["iteration", iteration]);
  return true;
}

/** pycls and SlowFast tell places as texts: `"epoch": "3/100", "iter": "10/244"`. */
function addPlaceOf(fields: Field[], key: string, value: LooseValue | undefined): boolean {
  const [, place, of] = typeof value === "string" ? (/^(\d+)\/(\d+)$/.exec(value) ?? []) : [];
  const counter = counterOf(key)?.counter;
  if (place === undefined || (counter !== "epoch" && counter !== "step" && counter !== "batch")) return false;
  // Of a step it isn't known whether its end is that of the epoch: the epoch, which comes first, tells.
  const own =
    counter === "step" && fields.some(([name]) => counterOf(name)?.counter === "epoch") ? "batch" : counter;
  fields.push([own === counter ? key : own, Number(place)], [TOTALS[own], Number(of)]);
  return true;
}

const TOTALS = { epoch: "epochs", step: "steps", batch: "batches" } as const;

function add(fields: Field[], name: string, value: LooseValue | undefined, depth: number): void {
  if (fields.length >= MOST_FIELDS || value === undefined || typeof value === "boolean") return;
  if (Array.isArray(value)) addArray(fields, name, value, depth);
  else if (isStatistic(value)) fields.push([name, value.mean]);
  else if (isObject(value)) addObject(fields, name, value, depth + 1);
  else fields.push([name, typeof value === "string" ? numberOrText(value) : value]);
}

/** StyleGAN's `{"num": 64, "mean": 0.5, "std": 0.1}`: a figure is its mean. */
function isStatistic(value: LooseValue): value is { readonly mean: number } & LooseObject {
  if (!isObject(value) || typeof value.mean !== "number") return false;
  return Object.keys(value).every((key) => /^(?:num|count|mean|std)$/.test(key)) && "std" in value;
}

function addArray(fields: Field[], name: string, values: readonly LooseValue[], depth: number): void {
  if (values.length > LONGEST_ARRAY) return;
  if (values.length === 1) {
    add(fields, name, values[0], depth + 1);
    return;
  }
  const known = ARRAY_NAMES.find((one) => one.name.test(name) && one.entries.length === values.length);
  values.forEach((value, index) => {
    if (typeof value !== "number") return;
    fields.push([known ? `${name}_${known.entries[index]}` : `${name}/${index}`, value]);
  });
}

function numberOrText(text: string): FieldValue {
  return parseNumber(text) ?? text;
}
