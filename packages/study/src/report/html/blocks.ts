// Blocks of a report's document as HTML. All text passes through escapeXml, which serves HTML as well.
import { escapeXml } from "@trainscope/core/text";
import type { Block, Chart, Mistakes, Section, Table, Templates, Text } from "../document.ts";
import type { PageChart } from "../figures/draw.ts";
import type { Sprite } from "../figures/sprite.ts";
import { percent } from "../words/numbers.ts";

/** What the document itself doesn't hold, by the figures' names. */
export interface PageMedia {
  readonly charts: ReadonlyMap<string, PageChart>;
  readonly sprites: ReadonlyMap<string, Sprite>;
}

export function sectionHtml(section: Section, media: PageMedia, level = 2): string {
  return [
    `<section id="${escapeXml(section.id)}" aria-labelledby="${escapeXml(section.id)}-title">`,
    `<h${level} id="${escapeXml(section.id)}-title">${escapeXml(section.title)}</h${level}>`,
    ...section.blocks.map((block) => blockHtml(block, media)),
    ...(section.sections ?? []).map((one) => sectionHtml(one, media, level + 1)),
    "</section>",
  ].join("\n");
}

export function blockHtml(block: Block, media: PageMedia): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${textHtml(block.text)}</p>`;
    case "remark":
      return `<p class="remark" role="note">${textHtml(block.text)}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${textHtml(item)}</li>`).join("")}</ul>`;
    case "code":
      return `<pre tabindex="0"><code>${escapeXml(block.text)}</code></pre>`;
    case "table":
      return tableHtml(block);
    case "chart":
      return figure(chartHtml(block, media), block.caption);
    case "charts":
      return figure(block.charts.map((chart) => chartHtml(chart, media)).join("\n"), block.caption);
    case "templates":
      return templatesHtml(block, media);
    case "mistakes":
      return mistakesHtml(block, media);
  }
}

export function textHtml(text: Text): string {
  if (typeof text === "string") return escapeXml(text);
  return text
    .map((part) => {
      if (typeof part === "string") return escapeXml(part);
      return "code" in part
        ? `<code>${escapeXml(part.code)}</code>`
        : `<strong>${escapeXml(part.strong)}</strong>`;
    })
    .join("");
}

function figure(content: string, caption: Text): string {
  return `<figure>\n${content}\n<figcaption>${textHtml(caption)}</figcaption>\n</figure>`;
}

function chartHtml({ name, title, alt }: Chart, media: PageMedia): string {
  const svg = media.charts.get(name)?.svg ?? "";
  return [
    `<div class="chart" data-chart="${escapeXml(name)}">`,
    `<p class="chart-title">${escapeXml(title)}</p>`,
    `<div class="static" role="img" aria-label="${escapeXml(alt)}">${svg}</div>`,
    `<div class="live" role="group" aria-label="${escapeXml(alt)}"></div>`,
    "</div>",
  ].join("\n");
}

function tableHtml({ title, columns, rows, marked }: Table): string {
  const align = (column: number): string => (columns[column]?.align === "right" ? ' class="number"' : "");
  const header = columns.map(({ title: name }, i) => `<th scope="col"${align(i)}>${escapeXml(name)}</th>`);
  const body = rows.map((row, place) => {
    const cells = row.map(({ text, value }, i) => {
      const sorted = value === undefined ? "" : ` data-value="${value ?? ""}"`;
      return i === 0
        ? `<th scope="row"${align(i)}${sorted}>${escapeXml(text)}</th>`
        : `<td${align(i)}${sorted}>${escapeXml(text)}</td>`;
    });
    return `<tr${place === marked ? ' class="marked"' : ""}>${cells.join("")}</tr>`;
  });
  return (
    `<p class="table-title">${escapeXml(title)}</p>\n` +
    `<div class="table" role="region" tabindex="0" aria-label="${escapeXml(title)}"><table aria-label="${escapeXml(title)}">\n` +
    `<thead><tr>${header.join("")}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody></table></div>`
  );
}

/** One place of a sprite, as a block that CSS enlarges. */
function tile(column: number, label: string): string {
  return `<span class="tile" role="img" aria-label="${escapeXml(label)}" style="--column:${column}"></span>`;
}

/** The last row shows until a script moves it. */
function spriteStyle(sprite: Sprite | undefined): string {
  if (sprite === undefined) return "";
  const { url, columns, rows } = sprite;
  return `--sprite:url(${url});--columns:${columns};--rows:${rows};--frame:${rows - 1}`;
}

function templatesHtml({ montages, classNames, caption }: Templates, media: PageMedia): string {
  const parts = montages.map((montage) => {
    const sprite = media.sprites.get(montage.name);
    const epochs = sprite?.epochs ?? [];
    const tiles = classNames.map(
      (name, k) =>
        `<li>${tile(k, `Template of ${name}, ${montage.title}`)}<span>${escapeXml(name)}</span></li>`,
    );
    return [
      `<div class="montage" data-epochs="${epochs.join(" ")}" style="${spriteStyle(sprite)}">`,
      `<p class="chart-title">${escapeXml(montage.title)} <span class="epoch">epoch ${epochs.at(-1) ?? ""}</span></p>`,
      `<ul class="tiles">${tiles.join("")}</ul>`,
      "</div>",
    ].join("\n");
  });
  return `<figure data-templates>\n<div class="montages">\n${parts.join("\n")}\n</div>\n<figcaption>${textHtml(caption)}</figcaption>\n</figure>`;
}

function mistakesHtml({ mistakes, name, title, caption }: Mistakes, media: PageMedia): string {
  const tiles = mistakes.map(
    ({ label, answer, answerProbability, labelProbability, index }, column) =>
      `<li>${tile(column, `Test image ${index}`)}<span><b>${escapeXml(answer)}</b> ${percent(answerProbability, 0)}</span>` +
      `<span>is ${escapeXml(label)} ${percent(labelProbability, 0)}</span></li>`,
  );
  return [
    `<figure><p class="chart-title">${escapeXml(title)}</p>`,
    `<ul class="tiles mistakes" style="${spriteStyle(media.sprites.get(name))}">${tiles.join("")}</ul>`,
    `<figcaption>${textHtml(caption)}</figcaption></figure>`,
  ].join("\n");
}
