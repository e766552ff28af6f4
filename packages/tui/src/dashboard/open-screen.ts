// The alternate screen with a component on it: written by a surface of our own on a terminal, printed by Ink itself
// for a screen reader or where there is no terminal.
import { type Instance, type RenderOptions, render } from "ink";
import { createElement, type ReactElement } from "react";
import { LiveRoot } from "./components/live-root.tsx";
import { reassertRawMode } from "./terminal/raw-mode.ts";
import { openSession } from "./terminal/session.ts";
import { Surface } from "./terminal/surface.ts";
import { detectTheme, type Theme } from "./text/theme.ts";

export interface OpenScreen {
  readonly instance: Instance;
  /** To be waited for before it is left in peace: resolves at once but for the first moments. */
  settle(): Promise<void>;
  /** Undoes what Ink doesn't. */
  leave(): void;
}

export interface Drawing {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Told what each frame has cost, in ms. */
  readonly onFrame: (ms: number) => void;
}

type Draw = (theme: Theme) => ReactElement;

/** Of Ink: events alone bring ten frames a second at most (see the store), and a key is not to wait for the next. */
const FRAMES_PER_SECOND = 30;
/** Where the surface draws Ink has nothing to show, and looking whether it has costs half a millisecond. */
const EMPTY_FRAMES_PER_SECOND = 1;
/** What Ink calls its time is a part of what a frame costs in all. */
const OF_INK = 2;

const OPTIONS = {
  alternateScreen: true,
  incrementalRendering: true,
  exitOnCtrlC: false,
  patchConsole: false,
} as const satisfies RenderOptions;

/** Whether the surface is to be used. */
export function isPainted(stdout: NodeJS.WriteStream): boolean {
  return stdout.isTTY === true && process.env.INK_SCREEN_READER !== "true";
}

export function openPainted(draw: Draw, { stdin, stdout, onFrame }: Drawing): OpenScreen {
  const session = openSession({ stdin, stdout, env: process.env, onLeave });
  const surface = new Surface({ screen: stdout, theme: session.theme.snapshot(), onFrame });
  const onResize = (): void => surface.repaint();
  /** Stopped by a signal, and brought back by a shell that has used the terminal meanwhile. */
  function onContinue(): void {
    reassertRawMode(stdin);
    surface.repaint();
  }
  function onLeave(): void {
    process.off("SIGCONT", onContinue);
    stdout.off("resize", onResize);
    surface.close();
  }
  const root = createElement(LiveRoot, { surface, mouse: session.mouse, theme: session.theme, draw });
  const instance = render(root, {
    ...OPTIONS,
    maxFps: EMPTY_FRAMES_PER_SECOND,
    stdin: session.stdin,
    stdout: session.stdout,
    interactive: true,
  });
  session.enter();
  // The terminal may have moved what it shows, even where the size comes out the same.
  stdout.on("resize", onResize);
  process.on("SIGCONT", onContinue);
  return { instance, settle: session.settle, leave: session.leave };
}

export function openPrinted(draw: Draw, { stdin, stdout, onFrame }: Drawing): OpenScreen {
  const depth = stdout.isTTY === true && stdout.hasColors() ? stdout.getColorDepth() : 1;
  const instance = render(draw(detectTheme(process.env, depth)), {
    ...OPTIONS,
    maxFps: FRAMES_PER_SECOND,
    stdin,
    stdout,
    interactive: stdout.isTTY === true,
    onRender: ({ renderTime }) => onFrame(OF_INK * renderTime),
  });
  return { instance, settle: async () => {}, leave: () => {} };
}
