// Handing the thread back for a moment, so that keys, timers and the screen get their turn.

/** Resolves in a new task, after input and timers that are due have been handled. */
export const yieldToEventLoop: () => Promise<void> = createYield();

function createYield(): () => Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
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
