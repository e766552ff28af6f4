// A plain character, with no other key held or pressed.
import type { Key } from "../view/keys.ts";

export const NO_KEY: Key = {
  ctrl: false,
  meta: false,
  shift: false,
  escape: false,
  return: false,
  tab: false,
  backspace: false,
  delete: false,
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageUp: false,
  pageDown: false,
  home: false,
  end: false,
};
