import { describe, expect, it } from "vitest";
import { createTheme, detectTheme, validationLine } from "./theme.ts";

const UTF8 = { LANG: "en_US.UTF-8", TERM: "xterm-256color" };

describe("detectTheme", () => {
  it("obeys NO_COLOR unless it is empty", () => {
    expect(detectTheme(UTF8, 4, "linux").color).toBe(true);
    expect(detectTheme({ ...UTF8, NO_COLOR: "1" }, 24, "linux").depth).toBe("none");
    expect(detectTheme({ ...UTF8, NO_COLOR: "" }, 4, "linux").color).toBe(true);
    expect(detectTheme(UTF8, 1, "linux").color).toBe(false);
  });

  it.each([
    [1, "none", "none"],
    [4, "16", "none"],
    [8, "256", "blocks"],
    [24, "truecolor", "blocks"],
  ] as const)("takes %i bits for %s, pictures for %s", (bits, depth, pictures) => {
    expect(detectTheme(UTF8, bits, "linux")).toMatchObject({ depth, pictures });
  });

  it("takes the background from COLORFGBG, and rather from the terminal itself", () => {
    const light = { ...UTF8, COLORFGBG: "0;default;15" };
    expect(detectTheme(light, 8, "linux").background).toBe("light");
    expect(detectTheme({ ...UTF8, COLORFGBG: "15;0" }, 8, "linux").background).toBe("dark");
    expect(detectTheme({ ...UTF8, COLORFGBG: "default;default" }, 8, "linux").background).toBe("dark");
    expect(detectTheme(light, 8, "linux", { background: "dark" }).background).toBe("dark");
  });

  it.each([
    ["a UTF-8 locale", UTF8, false],
    ["no locale at all", { TERM: "xterm" }, false],
    ["the C locale", { LANG: "C", TERM: "xterm" }, true],
    ["LC_ALL before LANG", { ...UTF8, LC_ALL: "POSIX" }, true],
    ["the Linux console", { ...UTF8, TERM: "linux" }, true],
    ["a dumb terminal", { ...UTF8, TERM: "dumb" }, true],
  ])("with %s ASCII is %s", (_, env, ascii) => {
    expect(detectTheme(env, 4, "linux").ascii).toBe(ascii);
  });

  it("tells lines apart by their pattern where there is no colour", () => {
    const line = (color: boolean) => validationLine(createTheme({ color, ascii: false }));
    expect(line(true)).toBe("━━");
    expect(line(false)).toBe("╍╍");
  });
});
