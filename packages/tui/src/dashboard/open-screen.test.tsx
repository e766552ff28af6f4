import { Text } from "ink";
import { type ReactElement, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Panel } from "./components/panel.tsx";
import { useTerminalInput } from "./components/use-terminal-input.ts";
import { openPainted } from "./open-screen.ts";
import { FakeTerminal } from "./testing/fake-terminal.ts";
import { run } from "./text/rows.ts";
import type { Theme } from "./text/theme.ts";

const ESC = "\u001b";

/** A fake terminal with colours. */
class Coloured extends FakeTerminal {
  override hasColors(): boolean {
    return true;
  }

  getColorDepth(): number {
    return 8;
  }
}

/** Says what it has heard, on a screen of its own. */
function Listener({ theme }: { readonly theme: Theme }): ReactElement {
  const [heard, setHeard] = useState("nothing yet");
  useTerminalInput({
    onKey: (input) => setHeard(`key ${input}`),
    onMouse: ({ action, column, row }) => setHeard(`${action} ${column},${row}`),
  });
  const rect = { left: 0, top: 0, width: 60, height: 1 };
  const text = `${heard} on ${theme.background}`;
  return (
    <>
      <Text>this is Ink's</Text>
      <Panel name="Heard" rect={rect} theme={theme} draw={() => [[run(text)]]} />
    </>
  );
}

async function open({ answers = true } = {}) {
  const terminal = new Coloured();
  terminal.answers = answers;
  const screen = openPainted((theme) => <Listener theme={theme} />, {
    stdin: terminal as unknown as NodeJS.ReadStream,
    stdout: terminal as unknown as NodeJS.WriteStream,
    onFrame: () => {},
  });
  await vi.waitFor(() => expect(terminal.written).toContain("nothing yet on dark"));
  const close = (): void => {
    screen.leave();
    screen.instance.unmount();
  };
  return { terminal, screen, close };
}

describe("openPainted", () => {
  it("hears the mouse and keys, and takes answers for neither", async () => {
    const { terminal, close } = await open();
    terminal.send(`${ESC}[<64;3;9M`);
    await vi.waitFor(() => expect(terminal.written).toContain("wheel-up 2,8 on dark"));
    terminal.send(`${ESC}]11;rgb:ffff/ff`);
    terminal.send(`ff/ffff${ESC}\\j`);
    await vi.waitFor(() => expect(terminal.written).toContain("key j"));
    expect(terminal.written).toContain("on light");
    expect(terminal.written).not.toContain("key 1");
    close();
  });

  it("writes nothing that Ink would print, and never a line end", async () => {
    const { terminal, close } = await open();
    terminal.emit("resize");
    terminal.send("a");
    await vi.waitFor(() => expect(terminal.written).toContain("key a"));
    close();
    expect(terminal.written).not.toContain("Ink's");
    expect(terminal.written).not.toMatch(/[\r\n]/);
  });

  it("undoes its modes before the screen is left, also where Ink leaves by itself", async () => {
    const { terminal, screen } = await open();
    expect(terminal.written).toContain(`${ESC}[?1006h`);
    screen.instance.unmount();
    const end = terminal.written.slice(terminal.written.indexOf(`${ESC}[?1006l`));
    expect(end).toContain(`${ESC}[?1000l`);
    expect(end).toContain(`${ESC}[?7h`);
    expect(end).toContain(`${ESC}[?1049l`);
    expect(terminal.isRestored).toBe(true);
    // What is left on it would come into the scrollback of tmux, where the window was resized meanwhile.
    expect(terminal.written).toMatch(/\[H[^A-Za-z]*\[J[^A-Z]*\[\?1006l/);
  });

  it("is settled when the terminal has answered all, so that no answer is typed at what comes next", async () => {
    const { terminal, screen, close } = await open({ answers: false });
    const onSettled = vi.fn();
    const settling = screen.settle().then(onSettled);
    terminal.send(`${ESC}]11;rgb:ffff/ffff/ffff${ESC}\\`);
    await vi.waitFor(() => expect(terminal.written).toContain("on light"));
    expect(onSettled).not.toHaveBeenCalled();
    terminal.send(`${ESC}[?62;22c`);
    await settling;
    close();
  });

  it("paints everything anew on Ctrl-L", async () => {
    const { terminal, close } = await open();
    terminal.written = "";
    terminal.send("\u000c");
    await vi.waitFor(() => expect(terminal.written).toMatch(/\[J.*on dark/));
    close();
  });
});
