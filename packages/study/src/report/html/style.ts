// The page's look: one column with its contents beside it, beneath each other on a phone, plain and light on paper.
import { DARK_COLOURS, FONT_STACK, INK, PAPER, SUBDUED } from "@trainscope/viz/parts";

const dark = (colour: string): string => DARK_COLOURS[colour] ?? colour;

const DARK = `--paper:${dark(PAPER)};--ink:${dark(INK)};--subdued:${dark(SUBDUED)};--line:#31353b;--raised:#1d2024;--link:#7cc0f0;--mark:#232a33;color-scheme:dark`;
const LIGHT = `--paper:${PAPER};--ink:${INK};--subdued:${SUBDUED};--line:#dcdcdc;--raised:#f6f7f8;--link:#005a94;--mark:#eef5fa;color-scheme:light`;

export const PAGE_STYLE = `
:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}
:root[data-theme=dark]{${DARK}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 ${FONT_STACK};overflow-wrap:break-word}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999px;top:0;background:var(--paper);padding:.6rem 1rem;z-index:2}
.skip:focus{left:0}
.page{max-width:1340px;margin:0 auto;padding:0 1.25rem;display:grid;grid-template:"header" "nav" "main"/minmax(0,1fr);gap:0 3rem}
header{grid-area:header;padding-top:2.2rem}
nav{grid-area:nav}
main{grid-area:main;min-width:0;padding-bottom:4rem}
h1,h2,h3{line-height:1.2;font-weight:600;text-wrap:balance}
h1{font-size:2.1rem;margin:0}
h2{font-size:1.5rem;margin:3.2rem 0 .6rem;padding-top:1.4rem;border-top:1px solid var(--line)}
h3{font-size:1.2rem;margin:2.2rem 0 .5rem}
p,ul,pre{margin:.7rem 0}
p,li{max-width:44rem}
strong,b{font-weight:600}
.subtitle{color:var(--subdued);margin:.3rem 0 1.2rem}
.summary{font-size:1.1rem}
.remark{border-left:4px solid #d55e00;background:var(--raised);padding:.7rem 1rem;border-radius:0 4px 4px 0}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
pre{background:var(--raised);border-radius:6px;padding:.8rem 1rem;overflow-x:auto;white-space:pre}
.headlines{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem;margin:1.6rem 0 0}
.headlines div{background:var(--raised);border-radius:8px;padding:.8rem 1rem}
.headlines dt{color:var(--subdued);font-size:.85rem;line-height:1.3}
.headlines dd{margin:.15rem 0 0;font-size:1.45rem;font-weight:600;line-height:1.3}
.headlines small{display:block;font-size:.85rem;font-weight:400;color:var(--subdued)}
nav{padding-top:1.4rem;font-size:.95rem}
.nav-title{font-weight:600;margin:.4rem 0}
nav ol{list-style:none;margin:0;padding:0;columns:2 13rem}
nav ol ol{columns:1;padding-left:.9rem}
nav li{break-inside:avoid}
nav a{display:block;padding:.22rem 0;text-decoration:none}
nav a:hover{text-decoration:underline}
button{font:inherit;color:inherit;cursor:pointer}
.tools button,.controls button{background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:.25rem .9rem;min-height:2.2rem}
.tools{float:right;margin:.15rem 0 .5rem 1rem}
figure{margin:1.4rem 0 1.8rem}
figcaption{color:var(--subdued);font-size:.93rem;max-width:44rem;margin-top:.5rem}
.chart{margin-bottom:.6rem}
.chart-title{font-weight:600;margin:.4rem 0 .2rem;line-height:1.3}
.chart-title .epoch{font-weight:400;color:var(--subdued);margin-left:.5rem}
.chart svg{display:block;max-width:100%;height:auto}
.static{background:#fff;border-radius:4px}
:root[data-theme=light] .static{background:none}
.live{display:none}
.live div{overflow:visible}
.js .chart:not([data-failed]) .live{display:block}
.js .chart[data-drawn]:not([data-failed]) .static{display:none}
.js .chart:not([data-drawn]) .live{display:none}
.js[data-theme=dark] .chart:not([data-drawn]):not([data-failed]) .static{visibility:hidden}
.live svg{user-select:none;-webkit-user-select:none}
.live .mark-text{pointer-events:none}
.tooltip{position:fixed;z-index:3;pointer-events:none;background:var(--ink);color:var(--paper);border-radius:6px;padding:.4rem .65rem;font-size:.86rem;line-height:1.4;max-width:18rem}
.tooltip div{display:flex;gap:1rem;justify-content:space-between}
.tooltip b{font-variant-numeric:tabular-nums}
[hidden]{display:none}
.table-title{font-weight:600;margin:1.4rem 0 .4rem}
.table{overflow-x:auto;margin:0 0 1.6rem}
table{border-collapse:collapse;font-size:.9rem;line-height:1.35;font-variant-numeric:tabular-nums}
th,td{padding:.42rem .75rem .42rem 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
th.number,td.number{text-align:right;padding-left:.5rem}
.number+:not(.number){padding-left:1.3rem}
td:not(.number){min-width:6.5rem}
thead th{font-weight:600;vertical-align:bottom;border-bottom:2px solid var(--subdued)}
tbody th{font-weight:400}
tbody th:not(.number){white-space:nowrap}
.marked th,.marked td{background:var(--mark)}
.marked th{font-weight:600}
th:first-child{padding-left:.5rem}
thead button{background:none;border:0;padding:0;text-align:inherit;font-weight:inherit}
thead button:hover{text-decoration:underline}
[aria-sort]:not(.number) button::after{content:" " var(--arrow)}
[aria-sort].number button::before{content:var(--arrow) " "}
[aria-sort=ascending]{--arrow:"\\2191"}
[aria-sort=descending]{--arrow:"\\2193"}
.controls{display:flex;flex-wrap:wrap;align-items:center;gap:.6rem 1rem;margin:.4rem 0 1rem;position:sticky;top:0;background:var(--paper);padding:.5rem 0;z-index:1}
.controls button{min-width:5rem}
.controls label{display:flex;align-items:center;gap:.7rem;flex:1 1 7rem;max-width:30rem}
.controls input{flex:1;min-width:4rem;accent-color:var(--link)}
.controls output{font-weight:600;min-width:2.5rem;font-variant-numeric:tabular-nums}
.montages{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1.2rem 2rem}
.tiles{list-style:none;margin:.3rem 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(64px,1fr));gap:.5rem .6rem}
.montage .tiles{grid-template-columns:repeat(5,minmax(0,1fr))}
.tiles li{min-width:0;font-size:.8rem;line-height:1.25;color:var(--subdued)}
.tiles li>span:not(.tile){display:block;overflow:hidden;text-overflow:ellipsis}
.montage li>span{white-space:nowrap}
.tiles b{color:var(--ink)}
.tile{display:block;aspect-ratio:1;background-image:var(--sprite);background-size:calc(var(--columns)*100%) calc(var(--rows)*100%);background-position:calc(100%*var(--column)/max(1,var(--columns) - 1)) calc(100%*var(--frame)/max(1,var(--rows) - 1));background-repeat:no-repeat;image-rendering:pixelated;margin-bottom:.2rem;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.mistakes{grid-template-columns:repeat(auto-fill,minmax(6.2rem,1fr));gap:.9rem .8rem}
@media (min-width:1080px){
.page{grid-template:"nav header" auto "nav main" 1fr/13.5rem minmax(0,1fr)}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:2.4rem 0 1rem}
nav ol{columns:1}
}
@media (max-width:620px){
body{font-size:16px}
.page{padding:0 1rem}
h1{font-size:1.7rem}
h2{font-size:1.35rem;margin-top:2.4rem}
.montage .tiles{gap:.4rem}
.montage li{font-size:.7rem}
.controls{gap:.6rem}
.controls button{min-width:4.4rem}
nav ol{columns:1}
}
@media print{
@page{size:A4;margin:16mm 15mm}
:root,:root[data-theme=dark]{${LIGHT}}
html{font-size:12px}
body{font-size:10.5pt;line-height:1.42}
.page{display:block;max-width:none;padding:0}
.tools,.controls,.skip,.tooltip,.live{display:none!important}
.js .chart .static,.js[data-theme=dark] .chart .static,.js .chart[data-drawn]:not([data-failed]) .static{display:block!important;visibility:visible!important}
nav{padding:0;break-after:avoid}
nav ol{columns:2}
nav a{color:inherit;padding:.1rem 0}
header{padding-top:0}
h2{margin-top:1.8rem;padding-top:.8rem}
h2,h3,.chart-title,.table-title{break-after:avoid}
.chart,.montage,tr,.headlines div,figcaption,.tiles li,.remark,pre{break-inside:avoid}
figcaption{break-before:avoid}
.chart svg{max-height:104mm;width:auto}
.table{overflow:visible;break-inside:avoid}
table{font-size:8.5pt}
thead{display:table-header-group}
th,td{padding-right:.5rem}
p,li{max-width:none;orphans:3;widows:3}
.montages{grid-template-columns:1fr 1fr}
.mistakes{grid-template-columns:repeat(7,1fr)}
pre{white-space:pre-wrap}
}
`;
