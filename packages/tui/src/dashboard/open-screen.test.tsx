import { Text } from "ink";
import { type ReactElement, useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Panel } from "./components/panel.tsx";
import { useTerminalInput } from "./components/use-terminal-input.ts";
import { openPainted } from "./open-screen.ts";
import { FakeTerminal } from "./testing/fake-terminal.ts";
import { run } from "./text/rows.ts";
import type { Theme } from "./theme.ts";

const ESC = "\u001b";

/** A fake terminal that sends what it is told to. */
class Sender extends FakeTerminal {
  readonly queue: string[] = [];

  override read(): null {
    return (this.queue.shift() ?? null) as null;
  }

  send(text: string): void {
    this.queue.push(text);
    this.emit("readable");
  }

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

async function open() {
  const terminal = new Sender();
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
  });
});
