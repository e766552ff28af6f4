// The command as one would type it again.

const PLAIN = /^[\w@%+=:,./-]+$/;

/** Words with anything that a shell would take for its own are quoted, as POSIX shells read it. */
export function commandLine(args: readonly string[]): string {
  const quoted = args.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`));
  return ["trainscope", ...quoted].join(" ");
}
