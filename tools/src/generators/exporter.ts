// nx generate @trainscope/tools:exporter NAME
import { type Options, type Tree, writePlugin } from "./plugin-files.ts";

export default function generateExporter(tree: Tree, { name }: Options): void {
  writePlugin(tree, "exporter", name);
}
