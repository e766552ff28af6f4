// Raw mode belongs to the terminal, not to a process: a Node.js program that ends in the same terminal puts back the mode that
// it has found at its start, and a shell its own. Keys then come only with Enter, and nobody is told.

/** Sets raw mode once more, where this process has set it; Node.js would leave out what it takes for set already. */
export function reassertRawMode(stdin: NodeJS.ReadStream): void {
  if (stdin.isRaw !== true) return;
  stdin.setRawMode(false);
  stdin.setRawMode(true);
}
