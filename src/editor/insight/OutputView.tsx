import * as React from 'react';
import type { ITranslation, IView } from '../../core';
import { useTranslation } from '../host';
import { AttentionOnCard } from './AttentionView';
import { Lines } from './LinesView';
import { Pictures } from './PicturesView';

export interface IOutputViewProps {
  view: IView;
  /** Pixels that it may take. */
  room: { width: number; height: number };
  /** Told the number of the value under the mouse, and null when there is none. */
  onPoint?(value: number | null): void;
}

/** What came out of a layer for the sample. */
export function OutputView(props: IOutputViewProps): JSX.Element {
  const { view, room } = props;
  const trans = useTranslation();
  const said = saidOf(view, trans);
  return (
    <div
      className="jp-kerasviz-OutputView"
      data-kind={view.kind}
      role="img"
      aria-label={said}
      title={said}
      style={room}
    >
      <Content {...props} />
    </div>
  );
}

function Content({ view, room, onPoint }: IOutputViewProps): JSX.Element {
  switch (view.kind) {
    case 'tokens':
      return <span>{view.tokens.join(' ')}</span>;
    case 'number':
      return <span>{formatNumber(view.facts.mean)}</span>;
    case 'bars':
    case 'curves':
      return <Lines view={view} />;
    default:
      return view.of === 'attention' ? (
        <AttentionOnCard view={view} room={room} />
      ) : (
        <Pictures view={view} room={room} onPoint={onPoint} />
      );
  }
}

/** An output in words, with the numbers that a picture can't tell. */
export function saidOf(view: IView, trans: ITranslation): string {
  const { facts, shape, count, total } = view;
  const parts = [
    view.of === 'plane'
      ? trans._n(
          'Output of %1 unit over the input plane',
          'Output of %1 units over the input plane',
          total
        )
      : trans.__('Output for the sample: %1', `(${shape.join(', ')})`),
    trans.__(
      'from %1 to %2, mean %3, standard deviation %4',
      formatNumber(facts.minimum),
      formatNumber(facts.maximum),
      formatNumber(facts.mean),
      formatNumber(facts.deviation)
    )
  ];
  if (facts.zero > 0) {
    parts.push(trans.__('%1 % are 0', Math.round(facts.zero * 100)));
  }
  if (facts.odd > 0) {
    parts.push(trans.__('%1 are not finite (NaN or infinite)', facts.odd));
  }
  if (count < total) {
    parts.push(trans.__('%1 of %2 channels are shown', count, total));
  }
  return parts.join('\n');
}

/** A number with four digits that count. */
export function formatNumber(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(4)));
}
