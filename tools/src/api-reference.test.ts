import { expect, it } from "vitest";
import { type ApiItem, commentParts, referencePage } from "./api-reference.ts";

it("a comment's text, parameters, what it throws and its example are parts of their own", () => {
  const comment = `/**
 * Doubles \`x\`.
 *
 * @param x - any number
 * @throws RangeError where it is none
 * @example
 * double(2);
 */
`;
  expect(commentParts(comment)).toEqual([
    "Doubles `x`.",
    "`x`: any number",
    "**Throws** RangeError where it is none",
    "```ts\ndouble(2);\n```",
  ]);
  expect(commentParts("/** One line. */")).toEqual(["One line."]);
});

it("a page has a section an export, in the order of names, and a line a member", () => {
  const tokens = (text: string) => [{ text }];
  const items: ApiItem[] = [
    {
      kind: "Function",
      name: "double",
      excerptTokens: tokens("export declare function double(x: Size_2): number;"),
    },
    {
      kind: "Interface",
      name: "Box",
      excerptTokens: tokens("export interface Box "),
      docComment: "/** Holds. */",
      members: [
        {
          kind: "PropertySignature",
          excerptTokens: tokens("readonly width: number;"),
          docComment: "/** Pixels. */",
        },
      ],
    },
  ];
  const page = referencePage("@a/b", [{ specifier: "@a/b/c", items }]);
  expect(page).toMatch(/^# @a\/b\n\nGenerated [\s\S]*\n\n## @a\/b\/c\n\n### Box\n/);
  expect(page).toContain("```ts\ninterface Box\n```\n\nHolds.\n\n- `width: number`: Pixels.\n\n### double");
  expect(page).toContain("```ts\nfunction double(x: Size): number;\n```");
});
