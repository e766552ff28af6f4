// What a killed dashboard leaves behind, and `trainscope reset-terminal`, in a real terminal.
import { describe, expect, it } from "vitest";
import { command, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";
import { unhurried } from "./support/unhurried.ts";

describe("trainscope reset-terminal", () => {
  it.skipIf(!hasTmux)("mends a terminal whose dashboard was killed", async () => {
    const terminal = openTerminal(["train", "--data", smallData, "--no-pictures", "--epochs", "100000"], {
      columns: 100,
      environment: unhurried,
      afterwards: "sh",
    });
    await terminal.until(/accuracy .*\d+\.\d\d %/);
    terminal.kill("KILL");
    await terminal.until(/exit status 137/);
    expect(terminal.modes()).toEqual({ alternateScreen: true, mouse: true, cursor: false, wrapping: false });
    expect(terminal.lineModes()).toEqual(expect.arrayContaining(["-icanon", "-echo", "-icrnl"]));

    // Enter sends a carriage return, which by itself ends no line any more; a line feed does.
    terminal.type(`'${process.execPath}' '${command}' reset-terminal`, "C-j");
    await terminal.until(/Terminal reset/);
    expect(terminal.modes()).toEqual({ alternateScreen: false, mouse: false, cursor: true, wrapping: true });
    expect(terminal.lineModes()).toEqual(expect.arrayContaining(["icanon", "echo", "icrnl", "isig", "opost"]));
    terminal.type("echo seen and $((20 + 22))", "Enter");
    await terminal.until(/echo seen and \$\(\(20 \+ 22\)\)\s+seen and 42/);
  });

  it("has nothing to do in a pipe, says so, and ends with 2", async () => {
    const { status, stdout, stderr } = await trainscope(["reset-terminal"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^trainscope: stdout is no terminal.*\n$/);
  });
});
