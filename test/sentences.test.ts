// A run told in sentences, with commands typed in a real terminal.
import { describe, expect, it } from "vitest";
import { smallData } from "./support/small-data.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";
import { unhurried } from "./support/unhurried.ts";

describe.skipIf(!hasTmux)("sentences in a terminal", () => {
  it("does what is typed, answers, and stops", async () => {
    const terminal = openTerminal(["train", "--data", smallData, "--no-pictures", "--epochs", "100000"], {
      columns: 200,
      rows: 50,
      environment: { INK_SCREEN_READER: "true", ...unhurried },
    });
    await terminal.until(/Epoch 1 of 100000\. Training loss \d\.\d+/);
    terminal.type("pause", "Enter");
    await terminal.until(/^Paused in epoch \d+/m);
    terminal.type("rate 0.0005", "Enter");
    await terminal.until(/^Learning rate from 0\.001 to 0\.0005/m);
    terminal.type("status", "Enter");
    await terminal.until(/^Epoch \d+ of 100000\..* Learning rate 0\.0005\. Paused\.$/m);
    terminal.type("stop", "Enter");
    const screen = await terminal.until(/exit status \d/);
    expect(screen).toContain("exit status 0");
    expect(screen).toMatch(/^Test loss \d\.\d+, accuracy \d+\.\d\d percent\.$/m);
    expect(terminal.isNormal()).toBe(true);
  });
});
