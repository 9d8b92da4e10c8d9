import * as React from 'react';
import type { ISample, ISamplePlane, ISurface } from '../../../core';
import { cssColour } from '../../insight/colours';
import { pointColour, pointSymbol } from './surfacecolours';

type Scale = Pick<ISurface, 'low' | 'middle' | 'high'>;

export interface IPlanePictureProps {
  /** A pixel for each cell; the first row is the highest. */
  pixels: ImageData;
  /** Width and height on the page. */
  width: number;
  height?: number;
  /** Where there are any, samples of the data are drawn over it. */
  sample?: ISample;
  scale: Scale;
  /** Told the cell under the mouse, and null when there is none. */
  onPoint?(cell: number | null): void;
}

/** Pixels of a sample's radius, for a picture of 200 pixels. */
const RADIUS = 2.6;

/** A picture over a plane of samples, smooth between cells, with samples of the data: validation as rings. */
export function PlanePicture(props: IPlanePictureProps): JSX.Element {
  const { pixels, width, sample, scale, onPoint } = props;
  const height = props.height ?? width;
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const { low, middle, high } = scale;
  React.useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    canvas.current!.width = width * ratio;
    canvas.current!.height = height * ratio;
    context.scale(ratio, ratio);
    context.imageSmoothingQuality = 'high';
    context.drawImage(whole(pixels), 0, 0, width, height);
    if (sample?.plane) {
      const has = sample.classes.length > 0;
      drawPoints(context, sample.plane, { width, height }, target => ({
        colour: cssColour(pointColour(target, has, { low, middle, high })),
        symbol: new Path2D(pointSymbol(target, has))
      }));
    }
  }, [pixels, width, height, sample, low, middle, high]);
  const at = (offset: number, length: number, count: number) =>
    Math.max(0, Math.min(count - 1, Math.floor((offset / length) * count)));
  return (
    <canvas
      ref={canvas}
      style={{ width, height }}
      onMouseLeave={onPoint && (() => onPoint(null))}
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

/** The pixels as something that can be drawn larger. */
function whole(pixels: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}

function drawPoints(
  context: CanvasRenderingContext2D,
  { across, up, points }: ISamplePlane,
  { width, height }: { width: number; height: number },
  markOf: (target: number | null | undefined) => {
    colour: string;
    symbol: Path2D;
  }
): void {
  const radius = Math.max(1.2, (RADIUS * Math.min(width, height)) / 200);
  for (const part of points) {
    const isRing = part.part !== 'training';
    part.indices.forEach((_, i) => {
      const [x, y] = [part.across[i], part.up[i]];
      if (x === null || y === null) {
        return;
      }
      const { colour, symbol } = markOf(part.targets?.[i]);
      context.save();
      context.translate(
        ((x - across.low) / (across.high - across.low)) * width,
        (1 - (y - up.low) / (up.high - up.low)) * height
      );
      context.scale(radius, radius);
      context.lineWidth = isRing ? 0.6 : Math.max(0.5 / radius, 0.3);
      context.fillStyle = isRing ? '#fff' : colour;
      context.strokeStyle = isRing ? colour : '#fff';
      context.fill(symbol);
      context.stroke(symbol);
      context.restore();
    });
  }
}
