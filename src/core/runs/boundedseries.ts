/** A curve in bounded memory; `BoundedSeries` of `kerasviz/training/run/history.py` does the same. */
import type { ISeries } from '../protocol';

/** Points kept in one series. */
export const MAX_POINTS = 5000;

type Point = readonly [x: number, y: number | null];

/**
 * Keeps the ends of a series, its extremes and the ends of epochs. It is exact up to `MAX_POINTS`. Beyond, it is cut into
 * intervals of `x` of one width, which doubles whenever that is reached; of each interval the lowest and the highest point
 * are kept, the first that is not finite, and ends of epochs as long as these are farther apart than the intervals.
 */
export class BoundedSeries {
  /** The points; another object after each `extend`. */
  get series(): ISeries {
    if (!this._series) {
      const open = [
        ...this._essential(this._open.slice(0, -1), null),
        ...this._open.slice(-1)
      ];
      const points = [...this._kept, ...open];
      this._series = { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
    }
    return this._series;
  }

  /**
   * Appends points in the order of their `x`.
   *
   * @param epoch - Steps in an epoch, where `x` counts steps: its multiples are ends.
   */
  extend({ x, y }: ISeries, epoch: number | null): void {
    this._series = null;
    const points = x.map((at, i): Point => [at, y[i]]);
    if (this._width === 1) {
      this._keep(points, epoch);
      return;
    }
    for (const point of points) {
      if (point[0] >= this._end) {
        this._keep(this._essential(this._open, epoch), epoch);
        this._open = [];
        this._end = (this._interval(point) + 1) * this._width;
      }
      this._open.push(point);
    }
  }

  private _keep(points: readonly Point[], epoch: number | null): void {
    this._kept = [...this._kept, ...points];
    while (this._kept.length > MAX_POINTS) {
      this._width *= 2;
      const [first, ...others] = this._kept;
      const last = others.splice(-1);
      const intervals = new Map<number, Point[]>();
      for (const point of others) {
        const interval = this._interval(point);
        intervals.set(interval, [...(intervals.get(interval) ?? []), point]);
      }
      const kept = [...intervals.values()].flatMap(each =>
        this._essential(each, epoch)
      );
      this._kept = [first, ...kept, ...last];
    }
  }

  private _essential(
    points: readonly Point[],
    epoch: number | null
  ): readonly Point[] {
    if (points.length <= 2) {
      return points;
    }
    let low: Point | undefined, high: Point | undefined;
    for (const point of points) {
      if (point[1] !== null) {
        low = low && low[1]! <= point[1] ? low : point;
        high = high && high[1]! >= point[1] ? high : point;
      }
    }
    const broken = points.find(([, y]) => y === null);
    const ends = epoch !== null && epoch > this._width;
    return points.filter(
      point =>
        point === low ||
        point === high ||
        point === broken ||
        (ends && point[0] % epoch === 0)
    );
  }

  private _interval([x]: Point): number {
    return Math.floor(x / this._width);
  }

  private _kept: Point[] = [];
  private _open: Point[] = [];
  private _width = 1;
  private _end = 0;
  private _series: ISeries | null = null;
}
