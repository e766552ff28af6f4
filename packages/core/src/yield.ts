// Handing the thread back for a moment, so that keys, timers and the screen get their turn.

/** Resolves in a new task, after input and timers that are due have been handled. */
export const yieldToEventLoop: () => Promise<void> = createYield(globalThis as unknown as Host);

/** What a host may have of it: Node has both, a browser the second. */
interface Host {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly MessageChannel: new () => { readonly port1: Port; readonly port2: Port };
}

interface Port {
  onmessage: (() => void) | null;
  postMessage(message: null): void;
}

export function createYield({ setImmediate, MessageChannel }: Host): () => Promise<void> {
  if (setImmediate !== undefined) return () => new Promise((resolve) => void setImmediate(resolve));
  // A browser delays nested timers by 4 ms, but not messages.
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
