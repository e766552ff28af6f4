#!/usr/bin/env node
// npm create @trainscope/plugin NAME
import { createPlugin } from "../dist/index.js";

const { isError, lines } = createPlugin(process.argv.slice(2), process.cwd());
(isError ? process.stderr : process.stdout).write(`${lines.join("\n")}\n`);
if (isError) process.exitCode = 2;
