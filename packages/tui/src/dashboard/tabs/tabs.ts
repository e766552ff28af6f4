// All tabs, in the order of their keys.
import type { TabName } from "../view/view.ts";
import { classesTab } from "./classes.ts";
import { helpTab } from "./help.ts";
import { logTab } from "./log.ts";
import { metricsTab } from "./metrics.ts";
import { overviewTab } from "./overview.ts";
import { pluginsTab } from "./plugins.ts";
import { samplesTab } from "./samples.ts";
import type { Tab } from "./tab.ts";
import { weightsTab } from "./weights.ts";

export const TABS: Readonly<Record<TabName, Tab>> = {
  overview: overviewTab,
  metrics: metricsTab,
  weights: weightsTab,
  classes: classesTab,
  samples: samplesTab,
  log: logTab,
  plugins: pluginsTab,
  help: helpTab,
};
