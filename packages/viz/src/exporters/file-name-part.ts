/** A metric's name comes from its author: nothing in it may lead elsewhere. */
export function fileNamePart(name: string): string {
  return name.replace(/[^\p{Letter}\p{Number}_-]+/gu, "-");
}
