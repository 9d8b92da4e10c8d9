import * as React from 'react';
import type { IView } from '../../core';
import { palette } from './colours';
import { type ITiles, tiled } from './tiles';
import { bytesOf } from './viewvalues';

export interface IPicturesProps {
  view: IView;
  /** Pixels for all of them together, or how they are laid out. */
  room: { width: number; height: number };
  tiles?: ITiles;
  /** Told the number of the value under the mouse, and null when there is none. */
  onPoint?(value: number | null): void;
}

/** Pictures of one output beside each other: a channel each, or one in its colours. */
export function Pictures(props: IPicturesProps): JSX.Element {
  const { view, room, onPoint } = props;
  const { columns, side } = props.tiles ?? tiled(view, room);
  const pictures = React.useMemo(() => splitPictures(view), [view]);
  return (
    <div
      className="jp-kerasviz-Pictures"
      data-of={view.of}
      style={{ gridTemplateColumns: `repeat(${columns}, max-content)` }}
      onMouseLeave={onPoint && (() => onPoint(null))}
    >
      {pictures.map((pixels, i) => (
        <Picture
          key={i}
          pixels={pixels}
          height={side}
          width={(side * view.width) / view.height}
          onPoint={
            onPoint && (pixel => onPoint(i * view.width * view.height + pixel))
          }
        />
      ))}
    </div>
  );
}

export interface IPictureProps {
  pixels: ImageData;
  width: number;
  height: number;
  /** Told the number of the pixel under the mouse. */
  onPoint?(pixel: number): void;
}

/** One picture, a pixel for each value. */
export function Picture({
  pixels,
  width,
  height,
  onPoint
}: IPictureProps): JSX.Element {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  React.useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(pixels, 0, 0);
  }, [pixels]);
  const at = (offset: number, length: number, count: number) =>
    Math.max(0, Math.min(count - 1, Math.floor((offset / length) * count)));
  return (
    <canvas
      ref={canvas}
      width={pixels.width}
      height={pixels.height}
      style={{ width, height }}
      onMouseMove={
        onPoint &&
        (({ nativeEvent: { offsetX, offsetY } }) =>
          onPoint(
            at(offsetY, height, pixels.height) * pixels.width +
              at(offsetX, width, pixels.width)
          ))
      }
    />
  );
}

/** Each picture of a view, as large as the view has it. */
export function splitPictures(view: IView): ImageData[] {
  const { count, height, width, colours } = view;
  const bytes = bytesOf(view);
  const colour = palette(view);
  return Array.from({ length: count }, (_, picture) => {
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      const at = (picture * width * height + i) * colours;
      for (let c = 0; c < 3; c++) {
        image.data[i * 4 + c] =
          colours === 3 ? bytes[at + c] : colour[bytes[at]][c];
      }
      image.data[i * 4 + 3] = 255;
    }
    return image;
  });
}
