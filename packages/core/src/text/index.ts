// Text for people and for other programs, whatever names and messages come from outside.
export { visible, visibleLines } from "./visible.ts";
