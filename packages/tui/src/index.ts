// The dashboard: shows a run from anybody's stream, of its events or of plain objects of numbers.
export { type DashboardOptions, type DashboardSource, showDashboard } from "./show-dashboard.ts";
