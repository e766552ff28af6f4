// The dark and light look.

export interface PageTheme {
  isDark(): boolean;
  /** Calls back whenever the look has changed. */
  onChange(listener: () => void): void;
}

/** The reader's choice is kept in the browser's storage, where it has one; until then the system's is followed. */
export function startTheme(): PageTheme {
  const KEY = "trainscope-report-theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const listeners: (() => void)[] = [];
  let chosen = read();

  function read(): string | null {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }
  function keep(theme: string): void {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // A page that may not store anything forgets the choice.
    }
  }
  const isDark = (): boolean => (chosen === null ? system.matches : chosen === "dark");

  const button = document.createElement("button");
  button.type = "button";
  button.className = "theme";

  function apply(): void {
    root.dataset.theme = isDark() ? "dark" : "light";
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute(
      "aria-label",
      isDark() ? "Show the page in light colours" : "Show the page in dark colours",
    );
    for (const listener of listeners) listener();
  }
  button.addEventListener("click", () => {
    chosen = isDark() ? "light" : "dark";
    keep(chosen);
    apply();
  });
  system.addEventListener("change", apply);
  document.querySelector(".tools")?.append(button);
  apply();
  return { isDark, onChange: (listener) => listeners.push(listener) };
}
