// The reference of a package as Markdown, from what API Extractor has read of its types: a section an export, with what its comment
// says.

/** Of API Extractor's `.api.json`, as far as it is used. */
export interface ApiItem {
  readonly kind: string;
  readonly name?: string;
  readonly docComment?: string;
  readonly excerptTokens?: readonly { readonly text: string }[];
  readonly members?: readonly ApiItem[];
  readonly overloadIndex?: number;
}

export interface ApiEntry {
  /** As it is imported, e.g. `@trainscope/core/text`. */
  readonly specifier: string;
  readonly items: readonly ApiItem[];
}

const KINDS: Readonly<Record<string, string>> = {
  Class: "class",
  Function: "function",
  Interface: "interface",
  TypeAlias: "type",
  Variable: "constant",
};

/** One page: each entry point's exports in the order of their names. */
export function referencePage(name: string, entries: readonly ApiEntry[]): string {
  const sections = entries.flatMap(({ specifier, items }) => [
    `## ${specifier}`,
    ...items.toSorted(byName).flatMap(itemSection),
  ]);
  const head = [
    `# ${name}`,
    "Generated from the published types by `npm run api`: change the comments there, not this page.",
  ];
  return `${[...head, ...sections].join("\n\n")}\n`;
}

function byName(one: ApiItem, other: ApiItem): number {
  const [a, b] = [one.name ?? "", other.name ?? ""];
  return a < b ? -1 : a > b ? 1 : (one.overloadIndex ?? 0) - (other.overloadIndex ?? 0);
}

function itemSection(item: ApiItem): readonly string[] {
  const heading = `### ${item.name}`;
  const kind = KINDS[item.kind] ?? item.kind.toLowerCase();
  const members = (item.members ?? []).map(memberLine);
  return [
    heading,
    `*${kind}*`,
    `\`\`\`ts\n${signatureOf(item)}\n\`\`\``,
    ...commentParts(item.docComment ?? ""),
    ...(members.length > 0 ? [members.join("\n")] : []),
  ];
}

function signatureOf({ excerptTokens = [] }: ApiItem): string {
  return excerptTokens
    .map(({ text }) => text)
    .join("")
    .replace(/^export (declare )?/, "")
    .replaceAll(/\b([A-Z]\w*)_\d+\b/g, "$1")
    .trim();
}

/** `- name: type: what it is`, in one line. */
function memberLine(item: ApiItem): string {
  const [summary = ""] = commentParts(item.docComment ?? "");
  const signature = signatureOf(item)
    .replace(/^readonly /, "")
    .replace(/;$/, "")
    .replaceAll(/\s+/g, " ");
  return `- \`${signature.replaceAll("`", "'")}\`${summary === "" ? "" : `: ${summary.replaceAll("\n", " ")}`}`;
}

/** What a comment says, a paragraph each: its text, its parameters, what it throws, its example as code. */
export function commentParts(comment: string): readonly string[] {
  const text = comment
    .replace(/^\/\*\*|\*\/\s*$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    .trim();
  return text
    .split(/^(?=@)/m)
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "@public")
    .map(tagged);
}

function tagged(part: string): string {
  const [, tag = "", body = part] = /^@(\w+)\s*([\s\S]*)$/.exec(part) ?? [];
  if (tag === "") return body;
  if (tag === "example") return body.startsWith("```") ? body : `\`\`\`ts\n${body}\n\`\`\``;
  if (tag === "param") return body.replace(/^(\S+)\s*-?\s*/, "`$1`: ");
  const words: Readonly<Record<string, string>> = { throws: "Throws", returns: "Gives" };
  return `**${words[tag] ?? tag}** ${body}`;
}
