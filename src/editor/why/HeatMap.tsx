import * as React from 'react';
import type { IWhyPart } from '../../core';
import { useTranslation } from '../host';
import { formatNumber } from '../insight/OutputView';
import { splitPictures } from '../insight/PicturesView';
import { numbersOf } from '../insight/viewvalues';
import { heatOf } from './heat';
import { usePointing } from './usePointing';

export interface IHeatMapProps {
  part: IWhyPart;
  /** Pixels that it may take. */
  room: { width: number; height: number };
  /** Of the colours over the picture, from 0 to 1. */
  opacity: number;
}

/** Weights over the picture that they are about; the number of each by mouse or arrow keys. */
export function HeatMap({ part, room, opacity }: IHeatMapProps): JSX.Element {
  const trans = useTranslation();
  const { width, height, view, step } = part;
  const weights = React.useMemo(() => numbersOf(part), [part]);
  const { point, setPoint, onKeyDown } = usePointing(weights.length, width);
  const scale = Math.min(room.width / width, room.height / height);
  const row = point === null ? 0 : Math.floor(point / width);
  const column = point === null ? 0 : point % width;
  return (
    <div
      className="jp-kerasviz-HeatMap"
      style={{ width: Math.floor(width * scale) }}
    >
      <div
        className="jp-kerasviz-HeatMap-pictures"
        style={{ aspectRatio: `${width} / ${height}` }}
        tabIndex={0}
        role="img"
        aria-label={trans.__(
          'Attribution of each position of “%1”; move with the arrow keys',
          part.name
        )}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setPoint(null)}
        onMouseMove={({ clientX, clientY, currentTarget }) => {
          const box = currentTarget.getBoundingClientRect();
          const at = (offset: number, length: number, count: number) =>
            Math.max(
              0,
              Math.min(count - 1, Math.floor((offset / length) * count))
            );
          setPoint(
            at(clientY - box.top, box.height, height) * width +
              at(clientX - box.left, box.width, width)
          );
        }}
      >
        {view && (
          <Pixels
            size={view}
            draw={context => context.putImageData(splitPictures(view)[0], 0, 0)}
          />
        )}
        <Pixels
          size={part}
          opacity={opacity}
          draw={context => {
            const image = context.createImageData(width, height);
            image.data.set(heatOf(part, weights));
            context.putImageData(image, 0, 0);
          }}
        />
        {point !== null && (
          <div
            className="jp-kerasviz-HeatMap-point"
            style={{
              left: `${(column / width) * 100}%`,
              top: `${(row / height) * 100}%`,
              width: `${100 / width}%`,
              height: `${100 / height}%`
            }}
          />
        )}
      </div>
      <output className="jp-kerasviz-Why-point">
        {point === null
          ? trans.__('Point at the picture to read its values.')
          : trans.__(
              'row %1, column %2: %3',
              row * step,
              column * step,
              formatNumber(weights[point])
            )}
      </output>
    </div>
  );
}

interface IPixelsProps {
  /** What is drawn, in pixels; drawn again where it is another object. */
  size: { width: number; height: number };
  opacity?: number;
  draw(context: CanvasRenderingContext2D): void;
}

function Pixels({ size, opacity = 1, draw }: IPixelsProps): JSX.Element {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const latest = React.useRef(draw);
  latest.current = draw;
  React.useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) {
      latest.current(context);
    }
  }, [size]);
  return (
    <canvas
      ref={canvas}
      width={size.width}
      height={size.height}
      style={{ opacity }}
    />
  );
}
