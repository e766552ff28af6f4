import { describe, expect, it } from "vitest";
import { namedSources, namesOfFiles, type WatchedFile } from "./named-sources.ts";

const file = (path: string): WatchedFile => ({ kind: "path", path });

describe("what is named to be watched", () => {
  it("is one source, several, or the program behind --", () => {
    expect(namedSources(["-"], 1)).toEqual({ kind: "stdin" });
    expect(namedSources(["log.txt"], 1)).toEqual(file("log.txt"));
    expect(namedSources(["a.csv", "-", "runs/b"], 3)).toEqual({
      kind: "several",
      sources: [file("a.csv"), { kind: "stdin" }, file("runs/b")],
    });
    expect(namedSources(["python", "train.py", "-"], 0)).toEqual({
      kind: "program",
      command: ["python", "train.py", "-"],
    });
  });

  it.each([
    [[], 0, "nothing is named that could be watched"],
    [["a.csv", "python", "train.py"], 1, "a program is watched by itself; found a.csv before --"],
    [["sh", "train.sh"], 2, "sh is a program, and no log of that name is there"],
    [["a.csv", "b.csv", "./a.csv"], 3, "./a.csv is named twice"],
    [["-", "b.csv", "-"], 3, "- is named twice"],
  ])("refuses %j", (words, before, message) => {
    expect(() => namedSources(words, before)).toThrow(message);
  });

  it("is called by its file's name, and by its path where that isn't enough", () => {
    const sources = [
      file("one/log.txt"),
      file("two/log.txt"),
      { kind: "stdin" } as const,
      file("two/keras.csv"),
    ];
    expect(namesOfFiles(sources)).toEqual(["one/log.txt", "two/log.txt", "stdin", "keras.csv"]);
    expect(namesOfFiles([{ kind: "stdin" }, file("stdin")])).toEqual(["stdin", "./stdin"]);
  });
});
