// What the terminal is asked to do while the dashboard has it, and how each of it is undone.

export const ESC = "\u001b";

/** Wheel and clicks, in decimal numbers (SGR); no wrapping, so that what is too wide can't push anything aside. */
export const ENTER_MODES = `${ESC}[?1000h${ESC}[?1006h${ESC}[?7l`;

/** Harmless where they were never set. */
export const LEAVE_MODES = `${ESC}[?2026l${ESC}[0m${ESC}[?1006l${ESC}[?1000l${ESC}[?7h`;

/** The whole screen, and the cursor to its upper left corner. */
export const ERASE = `${ESC}[0m${ESC}[H${ESC}[J`;

const ENTER_SCREEN = `${ESC}[?1049h`;
export const LEAVE_SCREEN = `${ESC}[?1049l`;
export const SHOW_CURSOR = `${ESC}[?25h`;

const QUERY_BACKGROUND = `${ESC}]11;?${ESC}\\`;
/** One pixel, not to be kept. Answered by `OK` where there are pictures. */
const QUERY_KITTY = `${ESC}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA${ESC}\\`;

/** Every terminal answers this, after all that it was asked before: its attributes (DA1, ECMA-48). */
const QUERY_ATTRIBUTES = `${ESC}[c`;

type Variables = Readonly<Record<string, string | undefined>>;

/** What to ask the terminal. Those that print what they don't understand are asked nothing. */
export function queriesFor(env: Variables): string {
  if (env.TERM === "linux" || env.TERM === "dumb") return "";
  return QUERY_BACKGROUND + (mayHavePlaceholders(env) ? QUERY_KITTY : "") + QUERY_ATTRIBUTES;
}

/**
 * Several terminals answer that they have kitty's pictures but can't show them by placeholders, so it is asked only of
 * those that can. A multiplexer in between keeps the pictures from them.
 */
function mayHavePlaceholders({ TERM = "", TERM_PROGRAM, TMUX, KITTY_WINDOW_ID }: Variables): boolean {
  if (TMUX || /^(tmux|screen)/.test(TERM)) return false;
  return /kitty|ghostty/.test(TERM) || TERM_PROGRAM === "ghostty" || Boolean(KITTY_WINDOW_ID);
}

/**
 * Everything that a dashboard that was killed may have left behind: pictures, the alternate screen, the cursor hidden,
 * mouse reports of any kind, bracketed paste, focus reports, the flags of kitty's keyboard protocol, keypad modes.
 */
export const RESET_TERMINAL = [
  `${ESC}[?2026l`,
  `${ESC}_Ga=d,d=A,q=2${ESC}\\`,
  // Leaving takes the cursor back to where it was on entering, be that long ago; so it is entered, where it isn't yet.
  ENTER_SCREEN + LEAVE_SCREEN,
  SHOW_CURSOR,
  ...[1000, 1002, 1003, 1004, 1005, 1006, 1015, 2004].map((mode) => `${ESC}[?${mode}l`),
  `${ESC}[<u${ESC}[=0u`,
  `${ESC}[?1l${ESC}>`,
  `${ESC}[?7h${ESC}[0m`,
].join("");
