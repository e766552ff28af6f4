// The look of a sweep's page, in the light and in the dark.

export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1c2028; --soft: #5c6470; --line: #d4d8de; --paper: #fff; --bar: #0072b2; --bad: #d55e00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaee; --soft: #9aa3b0; --line: #3a414d; --paper: #14171c; --bar: #56b4e9; --bad: #f0803c; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
p { margin: .3rem 0 .8rem; }
.soft, figcaption { color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; color: var(--soft); }
summary { color: var(--soft); cursor: pointer; margin: .4rem 0; }
tr.winner td { font-weight: 700; }
.maps { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; }
.map td, .map th { border: 1px solid var(--paper); padding: .3rem .6rem; text-align: center; }
.map td.empty { color: var(--soft); }
.bad { color: var(--bad); }
svg { width: 100%; height: auto; }
svg text { fill: var(--ink); font-size: 13px; }
svg .tick { fill: var(--soft); font-size: 12px; }
svg .tick, svg .name { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; }
svg .name { font-weight: 600; }
svg .axis { stroke: var(--soft); stroke-width: 1; }
.parallel { background: #14171c; border-radius: .5rem; }
.parallel text { fill: #e8eaee; }
.parallel .tick { fill: #c4cbd6; }
.parallel .tick, .parallel .name { stroke: #14171c; stroke-width: 6px; stroke-linejoin: round; }
.parallel .axis, .parallel .mark { stroke: #9aa3b0; fill: none; }
.lines path { fill: none; stroke-width: 1.6; stroke-opacity: .75; }
.lines path.diverged { stroke: #f0803c; stroke-dasharray: 3 4; stroke-opacity: .6; }
.lines path.lost { stroke: #9aa3b0; stroke-dasharray: 1 4; }
.lines:hover path { stroke-opacity: .15; }
.lines path:hover { stroke-width: 4; stroke-opacity: 1; }
.importance { max-width: 45rem; }
.bar { fill: var(--bar); }
.rest { fill: var(--soft); }
.whisker { stroke: var(--ink); stroke-width: 2; fill: none; }
`;
