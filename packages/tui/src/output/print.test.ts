import { expect, it } from "vitest";
import { print, printContent, printJson } from "./print.ts";
import { printedBy } from "./testing/printed.ts";

const HOSTILE = "\u001b]52;c;cm0gLXJm\u0007\u009b31mname\u202e\ntrainscope: all is well\r";

it("what is printed as a line is one, and shows what it is", async () => {
  expect(await printedBy(() => print(`run ${HOSTILE}`, "next"))).toBe(
    "run name trainscope: all is well \nnext\n",
  );
  expect(await printedBy(() => print())).toBe("");
});

it("of a file's content the lines stay", async () => {
  expect(await printedBy(() => printContent("a,\u001b[2Jb\nc,d\n"))).toBe("a,b\nc,d\n");
});

it("JSON stays whole", async () => {
  const text = await printedBy(() => printJson({ [HOSTILE]: 1 }, 2));
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(JSON.parse(text)).toEqual({ [HOSTILE]: 1 });
});
