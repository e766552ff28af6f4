// The report on a study: HTML, Markdown, figures and numbers; the page printed as PDF.
export { type BrowserEnvironment, findBrowser } from "./report/find-browser.ts";
export type { ReportFile, ReportOptions } from "./report/options.ts";
export { type PrintOptions, printPdf } from "./report/print-pdf.ts";
export { createReport, type Report } from "./report/report.ts";
