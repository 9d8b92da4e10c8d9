/** How pictures are laid out beside each other. */
import type { IView } from '../../core';

export interface ITiles {
  columns: number;
  /** Height of each picture in pixels. */
  side: number;
}

/** Pixels between two pictures, as insight.css has it. */
const GAP = 2;

/** Pixels of a picture in a large view: below the first nothing is seen, above the second nothing more. */
const LARGE = { least: 32, most: 96 } as const;

type Size = Pick<IView, 'count' | 'width' | 'height'>;

/** How pictures fill their room: as large as they can be. */
export function tiled(
  { count, width, height }: Size,
  room: { width: number; height: number }
): ITiles {
  let best = { columns: count, side: 0 };
  for (let rows = 1; rows <= count; rows++) {
    const columns = Math.ceil(count / rows);
    const side = Math.min(
      room.height / rows - GAP,
      (room.width / columns - GAP) * (height / width)
    );
    if (side > best.side) {
      best = { columns, side };
    }
  }
  return { ...best, side: Math.floor(best.side) };
}

/** Pictures in rows as wide as there is room, each large enough to be seen; a single one takes all of it. */
export function inRows({ count, width, height }: Size, room: number): ITiles {
  const wanted = Math.min(LARGE.most, Math.max(LARGE.least, width * 2));
  const most = Math.max(1, Math.floor(room / (wanted + GAP)));
  const columns = Math.min(count, most);
  const each = Math.min(room / columns - GAP, count === 1 ? room : LARGE.most);
  return { columns, side: Math.max(1, Math.floor((each * height) / width)) };
}
