// Where a person wants to be told: `--notify bell|desktop|URL|'command'`.
import { TrainscopeError } from "@trainscope/core/errors";
import { InvalidArgumentError } from "commander";

export type Target =
  | { readonly kind: "bell" }
  | { readonly kind: "desktop" }
  | { readonly kind: "webhook"; readonly url: string }
  | { readonly kind: "command"; readonly command: string };

/** Throws commander's error, with what was expected; `BAD_OPTION` where that would print a password. */
export function parseTarget(text: string): Target {
  const trimmed = text.trim();
  if (trimmed === "bell" || trimmed === "desktop") return { kind: trimmed };
  if (/^https?:\/\//i.test(trimmed)) {
    const url = URL.parse(trimmed);
    if (url !== null && url.username + url.password !== "") {
      throw new TrainscopeError("BAD_OPTION", "--notify posts to no address with a user name or a password", {
        hint: "Use a command for it, as curl with --netrc.",
      });
    }
    if (url !== null) return { kind: "webhook", url: trimmed };
    throw new InvalidArgumentError("Expected an address that is whole, as https://example.com/hook.");
  }
  if (trimmed === "" || /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed)) {
    throw new InvalidArgumentError("Expected bell, desktop, an http(s) address or a command.");
  }
  return { kind: "command", command: trimmed };
}

/** The address of a webhook is a secret: whoever knows it can write there. */
export function describeTarget(target: Target): string {
  switch (target.kind) {
    case "webhook":
      return `the webhook at ${new URL(target.url).host}`;
    case "command":
      return `the command "${target.command}"`;
    default:
      return target.kind;
  }
}
