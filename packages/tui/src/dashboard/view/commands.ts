// What a key or a click asks of the view.
import type { Changeable, ChartChoices, TabName } from "./view.ts";

export type ViewCommand =
  | { readonly kind: "tab"; readonly tab: TabName }
  | { readonly kind: "next-tab"; readonly by: 1 | -1 }
  | { readonly kind: "scroll"; readonly by: number }
  | { readonly kind: "charts"; readonly choices: Partial<ChartChoices> }
  | { readonly kind: "edit"; readonly field: Changeable };
