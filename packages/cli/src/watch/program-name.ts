// What a program that is watched is called, where others may read it.
import { basename } from "node:path";

/** Of its words the first, and of an interpreter its script. Never an argument, which may be a key or a password. */
export function programName([program, first = ""]: readonly [string, ...string[]]): string {
  const name = basename(program);
  return INTERPRETERS.test(name) && SCRIPTS.test(first) ? `${name} ${basename(first)}` : name;
}

const INTERPRETERS = /^(?:python|pypy|node|deno|bun|tsx|ruby|perl|julia|Rscript|lua|luajit|bash|sh|zsh)[\d.]*$/;
const SCRIPTS = /^[^-].*\.(?:pyc?|[cm]?[jt]s|rb|pl|jl|[rR]|lua|sh)$/;
