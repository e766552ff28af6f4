// The dashboard: shows a run, live or read back, from any Observable of its events.
export { type DashboardOptions, type ShownDashboard, showDashboard } from "./dashboard/dashboard.tsx";
