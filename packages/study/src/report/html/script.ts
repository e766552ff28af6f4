// What stands in the page's script elements: a word before it is drawn, and text that may stand there.

/** Before the first element is drawn, so that a dark page doesn't flash white. */
export const EARLY_SCRIPT = `document.documentElement.classList.add("js");
try {
  const theme = localStorage.getItem("trainscope-report-theme");
  const dark = theme === null ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
  document.documentElement.dataset.theme = dark ? "dark" : "light";
} catch {}`;

/** A script's text that ends where it should: in strings, patterns and comments `<\\/script` is the same. */
export function inScript(code: string): string {
  return code.replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "\\x3c!--");
}

/** JSON that no parser of HTML takes for markup. */
export function inJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}
