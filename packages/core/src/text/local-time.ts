// A moment by the user's clock and calendar.

/** "2026-11-24 00:34:09" */
export function formatMoment(time: number | Date): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}

/** "2026-11-24 00:34" */
export function formatMinute(time: number | Date): string {
  return formatMoment(time).slice(0, -3);
}
