import { describe, expect, it } from "vitest";
import { createTheme, detectTheme, validationLine } from "./theme.ts";

const UTF8 = { LANG: "en_US.UTF-8", TERM: "xterm-256color" };

describe("detectTheme", () => {
  it("obeys NO_COLOR unless it is empty", () => {
    expect(detectTheme(UTF8, true, "linux").color).toBe(true);
    expect(detectTheme({ ...UTF8, NO_COLOR: "1" }, true, "linux").color).toBe(false);
    expect(detectTheme({ ...UTF8, NO_COLOR: "" }, true, "linux").color).toBe(true);
    expect(detectTheme(UTF8, false, "linux").color).toBe(false);
  });

  it.each([
    ["a UTF-8 locale", UTF8, false],
    ["no locale at all", { TERM: "xterm" }, false],
    ["the C locale", { LANG: "C", TERM: "xterm" }, true],
    ["LC_ALL before LANG", { ...UTF8, LC_ALL: "POSIX" }, true],
    ["the Linux console", { ...UTF8, TERM: "linux" }, true],
    ["a dumb terminal", { ...UTF8, TERM: "dumb" }, true],
  ])("with %s ASCII is %s", (_, env, ascii) => {
    expect(detectTheme(env, true, "linux").ascii).toBe(ascii);
  });

  it("tells lines apart by their pattern where there is no colour", () => {
    const line = (color: boolean) => validationLine(createTheme({ color, ascii: false }));
    expect(line(true)).toBe("━━");
    expect(line(false)).toBe("╍╍");
  });
});
