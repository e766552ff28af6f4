// Real pictures on terminals that have kitty's graphics protocol: a picture is sent once, and shown wherever its
// placeholders are printed, which are text like any other.
// https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders
import { displayWidth } from "../../text/width.ts";
import type { CellPicture, Row, Run } from "../text/rows.ts";
import { DIACRITICS } from "./diacritics.ts";

export interface Images {
  /** The placeholders of a run, in the colour that names its picture; `undefined` where it has too many cells. */
  cells(piece: Run): string | undefined;
  /** What the terminal has to be told where these are all the lines that are shown: new pictures, and those gone. */
  update(lines: readonly Row[]): string;
  /** All pictures gone. */
  clear(): string;
}

const PLACEHOLDER = "\u{10eeee}";
/** Ids are of the whole terminal: these begin where another program's are not likely to be. 24 bits are a colour. */
const FIRST_ID = 0x74_73_00;
const MOST_IDS = 0x8000;

export function createImages(): Images {
  let ids = new WeakMap<CellPicture, number>();
  let count = 0;
  let known = new Set<CellPicture>();

  function idOf(picture: CellPicture): number {
    let id = ids.get(picture);
    if (id === undefined) {
      id = FIRST_ID + (count++ % MOST_IDS);
      ids.set(picture, id);
    }
    return id;
  }

  return {
    cells(piece) {
      const { picture: place } = piece;
      if (place === undefined || !isPlaceable(place.picture)) return undefined;
      const { picture, row, column = 0 } = place;
      const id = idOf(picture);
      const cells = Array.from({ length: displayWidth(piece.text) }, (_, index) => {
        return PLACEHOLDER + (DIACRITICS[row] ?? "") + (DIACRITICS[column + index] ?? "");
      });
      return `\u001b[0;38;2;${id >> 16};${(id >> 8) & 255};${id & 255}m${cells.join("")}`;
    },
    update(lines) {
      const shown = picturesOf(lines);
      let text = "";
      for (const picture of known) {
        if (shown.has(picture)) continue;
        text += command(`a=d,d=I,i=${idOf(picture)}`);
        ids.delete(picture);
      }
      for (const picture of shown) if (!known.has(picture)) text += transmission(picture, idOf(picture));
      known = shown;
      return text;
    },
    clear() {
      const text = [...known].map((picture) => command(`a=d,d=I,i=${idOf(picture)}`)).join("");
      known = new Set();
      ids = new WeakMap();
      return text;
    },
  };
}

function isPlaceable({ columns, rows }: CellPicture): boolean {
  return columns <= DIACRITICS.length && rows <= DIACRITICS.length;
}

function picturesOf(lines: readonly Row[]): Set<CellPicture> {
  const pictures = new Set<CellPicture>();
  for (const line of lines) {
    for (const { picture: place } of line) {
      if (place !== undefined && isPlaceable(place.picture)) pictures.add(place.picture);
    }
  }
  return pictures;
}

/** The most that a command's data may have. */
const CHUNK = 4096;

/** Its pixels (`f=32`: red, green, blue, alpha), and a rectangle of cells for the placeholders to be parts of. */
function transmission({ pixels, columns, rows }: CellPicture, id: number): string {
  const { width, height, rgba } = pixels;
  const data = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength).toString("base64");
  const chunks: string[] = [];
  for (let start = 0; start < data.length; start += CHUNK) {
    const more = start + CHUNK < data.length ? 1 : 0;
    const keys = start === 0 ? `a=t,f=32,t=d,i=${id},s=${width},v=${height},m=${more}` : `m=${more}`;
    chunks.push(command(keys, data.slice(start, start + CHUNK)));
  }
  return chunks.join("") + command(`a=p,U=1,i=${id},c=${columns},r=${rows}`);
}

/** `q=2`: no answer, whatever comes of it. */
function command(keys: string, data = ""): string {
  return `\u001b_G${keys},q=2${data === "" ? "" : `;${data}`}\u001b\\`;
}
