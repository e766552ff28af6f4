// A stream as it comes, piece by piece.

/**
 * Hands on each piece, and lets whatever waits have its turn before the next: of a flood on a pipe Node.js reads two
 * megabytes in one go, for which screen and keys would wait a second. Gives what stops the reading.
 */
export function readInTurns(stream: NodeJS.ReadableStream, onBytes: (bytes: Buffer) => void): () => void {
  let turn: NodeJS.Immediate | undefined;
  const onData = (bytes: Buffer): void => {
    stream.pause();
    turn = setImmediate(() => stream.resume());
    onBytes(bytes);
  };
  stream.on("data", onData);
  return () => {
    clearImmediate(turn);
    stream.off("data", onData);
    stream.pause();
  };
}
