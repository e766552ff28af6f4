// nx generate @trainscope/tools:metric NAME
import { type Options, type Tree, writePlugin } from "./plugin-files.ts";

export default function generateMetric(tree: Tree, { name }: Options): void {
  writePlugin(tree, "metric", name);
}
