/** A run's name: when it began (UTC, to the second) and four letters that keep two of one second apart. */
export function createRunId(now: Date = new Date()): string {
  const stamp = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) =>
    String.fromCharCode(97 + (byte % 26)),
  );
  return `${stamp}-${letters.join("")}`;
}
