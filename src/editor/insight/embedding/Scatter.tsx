import * as React from 'react';
import type { IEmbedding } from '../../../core';
import { useTranslation } from '../../host';
import { cssColour } from '../../insight/colours';
import { pointColour, pointSymbol } from '../../insight/plane/surfacecolours';

export interface IScatterProps {
  embedding: IEmbedding;
  hasClasses: boolean;
  /** Pixels of a side. */
  side: number;
  /** The place of the sample that is followed, among the points; -1 for none of them. */
  marked: number;
  /** Told which point is under the mouse or reached by keys, and null for none. */
  onPoint(point: number | null): void;
  onChoose(point: number): void;
}

const MARGIN = 8;
const RADIUS = 3;

/** Samples as points, in the colours of what is to be predicted; a dark edge where the model predicts another class. */
export const Scatter = React.memo(function Scatter(
  props: IScatterProps
): JSX.Element {
  const { embedding, hasClasses, side, marked, onPoint, onChoose } = props;
  const trans = useTranslation();
  const { across, up, targets, indices } = embedding;
  const [reached, setReached] = React.useState<number | null>(null);
  const x = placer(across, side);
  const y = placer(up, side);
  const scale = scaleOf(targets ?? []);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[
      event.key
    ];
    const count = indices.length;
    if (by) {
      const at = ((reached ?? marked) + by + count) % count;
      setReached(at);
      onPoint(at);
    } else if (event.key === 'Enter' && reached !== null) {
      onChoose(reached);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <svg
      className="jp-kerasviz-Scatter"
      width={side}
      height={side}
      tabIndex={0}
      role="img"
      aria-label={trans.__(
        '%1 samples as points; move with the arrow keys, follow a sample with Enter',
        indices.length
      )}
      onKeyDown={onKeyDown}
      onMouseLeave={() => onPoint(null)}
      onBlur={() => setReached(null)}
    >
      {indices.map((index, i) => (
        <path
          key={index}
          d={pointSymbol(targets?.[i], hasClasses)}
          transform={`translate(${x(across[i])} ${side - y(up[i])}) scale(${RADIUS})`}
          vectorEffect="non-scaling-stroke"
          fill={cssColour(pointColour(targets?.[i], hasClasses, scale))}
          data-wrong={isWrong(embedding, i, hasClasses) || undefined}
          onMouseEnter={() => onPoint(i)}
          onClick={() => onChoose(i)}
        />
      ))}
      {[marked, reached].map(
        (at, i) =>
          at !== null &&
          at >= 0 &&
          at < indices.length && (
            <circle
              key={`mark-${i}`}
              className="jp-kerasviz-Scatter-mark"
              cx={x(across[at])}
              cy={side - y(up[at])}
              r={RADIUS + 4}
            />
          )
      )}
    </svg>
  );
});

/** Whether the model predicts another class for a sample than it has. */
export function isWrong(
  { labels, predicted }: IEmbedding,
  point: number,
  hasClasses: boolean
): boolean {
  const [label, said] = [labels[point], predicted[point]];
  return hasClasses && label !== null && said !== null && label !== said;
}

function placer(values: readonly number[], side: number) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const share = (value: number) =>
    high > low ? (value - low) / (high - low) : 0.5;
  return (value: number): number => MARGIN + share(value) * (side - 2 * MARGIN);
}

function scaleOf(targets: readonly (number | null)[]) {
  const numbers = targets.filter((each): each is number => each !== null);
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  return { low, middle: (low + high) / 2, high };
}
