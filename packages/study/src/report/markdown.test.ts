import { escapeMarkdown } from "@trainscope/core/text";
import { expect, test } from "vitest";
import type { ReportDocument } from "./document.ts";
import { renderMarkdown } from "./markdown.ts";

/** What a reader of CommonMark makes of a text without markup: backslash escapes are undone (section 2.4). */
const unescaped = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, "$1").replaceAll("\u2060", "");

const HOSTILE = [
  "<script>alert(1)</script>",
  "![x](http://x/y.png)",
  "[x](javascript:alert(1))",
  "a | b",
  "**bold** _it_ ~~no~~ `code`",
  "https://example.org www.example.org",
  "@everyone #1",
  "&lt;b&gt;",
  "\\*",
  "$x$",
  "# heading",
  "- item",
  "1. item",
];

test("markup in a text is text, and reads as it was", () => {
  for (const text of HOSTILE) {
    const escaped = escapeMarkdown(text);
    expect(unescaped(escaped)).toBe(text);
    // Every character that could begin markup has a backslash before it.
    expect(escaped).not.toMatch(/(?<!\\)(?:\\\\)*[`*_[\]<>|~#&$]/);
    expect(escaped).not.toMatch(/^\s*(?:[-+]|\d+\.)\s/);
    expect(escaped).not.toMatch(/https?:\/\/|www\.\w|@\w/);
  }
});

test("line ends and control characters can't begin a new block", () => {
  expect(escapeMarkdown("a\n\n# b\r\nc\u0007\u2028d\u202e")).toBe("a \\# b c d");
});

const document = (blocks: ReportDocument["sections"][number]["blocks"]): ReportDocument => ({
  title: "T",
  subtitle: "S",
  remarks: [],
  summary: ["so ", { strong: "many" }],
  headlines: [{ label: "L", value: "1", note: "n" }],
  sections: [{ id: "a", title: "A", blocks, sections: [{ id: "b", title: "B", blocks: [] }] }],
});

test("a document has its title, summary, headings by level, tables and figures", () => {
  const chart = {
    kind: "chart",
    name: "loss",
    title: "Loss",
    caption: "Falls.",
    alt: "",
    wide: {},
    narrow: {},
  } as never;
  const text = renderMarkdown(
    document([
      {
        kind: "table",
        title: "Table",
        columns: [
          { title: "Name", align: "left" },
          { title: "x|y", align: "right" },
        ],
        rows: [[{ text: "a" }, { text: "1", value: 1 }]],
      },
      chart,
    ]),
    "png",
  );
  expect(text).toBe(`# T

S

so **many**

- L: **1** (n)

## A

**Table**

| Name | x\\|y |
| :--- | ---: |
| a | 1 |

![Loss](figures/loss.png)

_Falls._

### B
`);
});

test("a command with backticks stays within its fence", () => {
  const text = renderMarkdown(document([{ kind: "code", text: "echo ```\n# no heading" }]), "png");
  expect(text).toContain("````\necho ```\n# no heading\n````");
  const inline = renderMarkdown(document([{ kind: "paragraph", text: [{ code: "a`b" }] }]), "png");
  expect(inline).toContain("`` a`b ``");
});
