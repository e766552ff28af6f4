// Text for people and for other programs, whatever names and messages come from outside: of each medium the one writer.
export { type CsvValue, csvField, toCsv } from "./csv.ts";
export { describeValue } from "./describe-value.ts";
export { formatMinute, formatMoment } from "./local-time.ts";
export { escapeMarkdown } from "./markdown.ts";
export { nearest } from "./nearest.ts";
export { fixedPercent, percentText } from "./percent.ts";
export { visible, visibleLines } from "./visible.ts";
export { escapeXml, xmlCharacters } from "./xml.ts";
