import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { targetOf } from "./targets.ts";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-targets-"));
  mkdirSync(join(home, "folder.csv"));
  writeFileSync(join(home, "there.onnx"), "");
  return () => rmSync(home, { recursive: true, force: true });
});

it("picks by the name's ending, whatever its case; a folder and a name without one are TensorBoard's", () => {
  const formats = [
    "a.NPZ",
    "a.safetensors",
    "a.b.onnx",
    "a.csv",
    "a.jsonl",
    "a.md",
    "a.png",
    "board",
    home,
  ].map((path) => targetOf(path).name);
  const tensorboard = "tensorboard";
  expect(formats).toEqual([
    "npz",
    "safetensors",
    "onnx",
    "csv",
    "jsonl",
    "markdown",
    "apng",
    tensorboard,
    tensorboard,
  ]);
});

it("a format that is named holds, whatever the ending", () => {
  expect(targetOf("a.csv", { format: "onnx" })).toMatchObject({ name: "onnx", path: "a.csv", holds: "model" });
});

it("refuses a name that says no format, and says which there are", () => {
  expect(() => targetOf("weights.pt")).toThrow("--to weights.pt says no format");
  expect(() => targetOf("notes.")).toThrow("says no format");
});

it("writes over a file only where that is asked for, and never a file in a folder's place, nor a folder in a file's", () => {
  const [there, folder] = [join(home, "there.onnx"), join(home, "folder.csv")];
  expect(() => targetOf(there)).toThrow(`there is a file ${there} already`);
  expect(targetOf(there, { overwrite: true }).name).toBe("onnx");
  expect(() => targetOf(there, { format: "tensorboard", overwrite: true })).toThrow(
    "is a file; expected a folder",
  );
  expect(() => targetOf(folder, { overwrite: true })).toThrow("is a folder; expected a file as csv");
});
