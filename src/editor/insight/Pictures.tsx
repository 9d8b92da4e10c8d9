import * as React from 'react';
import type { IView } from '../../core';
import { palette } from './colours';
import { bytesOf } from './viewvalues';

export interface IPicturesProps {
  view: IView;
  /** Pixels for all of them together. */
  room: { width: number; height: number };
}

/** Pictures of one output beside each other: a channel each, or one in its colours. */
export function Pictures({ view, room }: IPicturesProps): JSX.Element {
  const { columns, side } = tiled(view, room);
  const pictures = React.useMemo(() => splitPictures(view), [view]);
  return (
    <div
      className="jp-kerasviz-Pictures"
      style={{ gridTemplateColumns: `repeat(${columns}, max-content)` }}
    >
      {pictures.map((pixels, i) => (
        <Picture
          key={i}
          pixels={pixels}
          height={side}
          width={(side * view.width) / view.height}
        />
      ))}
    </div>
  );
}

function Picture({
  pixels,
  width,
  height
}: {
  pixels: ImageData;
  width: number;
  height: number;
}): JSX.Element {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  React.useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(pixels, 0, 0);
  }, [pixels]);
  return (
    <canvas
      ref={canvas}
      width={pixels.width}
      height={pixels.height}
      style={{ width, height }}
    />
  );
}

/** How pictures fill their room: as large as they can be. */
export function tiled(
  { count, width, height }: Pick<IView, 'count' | 'width' | 'height'>,
  room: IPicturesProps['room']
): { columns: number; side: number } {
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

/** Pixels between two pictures, as insight.css has it. */
const GAP = 2;

function splitPictures(view: IView): ImageData[] {
  const { count, height, width, colours } = view;
  const bytes = bytesOf(view);
  const colour = palette(view);
  return Array.from({ length: count }, (_, picture) => {
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      const at = (picture * width * height + i) * colours;
      const rgb =
        colours === 3 ? bytes.subarray(at, at + 3) : colour[bytes[at]];
      image.data.set([...rgb, 255], i * 4);
    }
    return image;
  });
}
