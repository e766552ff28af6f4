// For the tests of whoever shows something; it isn't published.

export { addToDashboard } from "./dashboard/model/add-event.ts";
export { type DashboardState, initialState } from "./dashboard/model/state.ts";
export { screenPanels } from "./dashboard/screen/screen-panels.ts";
export { compose } from "./dashboard/terminal/compose.ts";
export { ENTER_SCREEN, FakeTerminal } from "./dashboard/testing/fake-terminal.ts";
export { NO_KEY } from "./dashboard/testing/no-key.ts";
export { expectTidy } from "./dashboard/testing/rects.ts";
export { sceneOf } from "./dashboard/testing/scenes.ts";
export { FIRST_VIEW, TAB_NAMES } from "./dashboard/view/view.ts";
export { printedBy } from "./output/testing/printed.ts";
