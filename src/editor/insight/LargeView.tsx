import * as React from 'react';
import type { ILargeView, ITranslation } from '../../core';
import { useTranslation } from '../host';
import { AttentionHeads } from './AttentionView';
import { ChannelTable } from './ChannelTable';
import { Lines } from './LinesView';
import { formatNumber, saidOf } from './OutputView';
import { Pictures } from './PicturesView';
import { inRows } from './tiles';
import { numbersOf, placeOf } from './viewvalues';

/** Pixels of a line or of bars. */
const HEIGHT = 120;

/** All of an output, with the number under the mouse and a table of its channels. */
export function LargeView({
  large,
  width
}: {
  large: ILargeView;
  /** Pixels that it may take. */
  width: number;
}): JSX.Element {
  const trans = useTranslation();
  const { view, channels, step } = large;
  const numbers = React.useMemo(() => numbersOf(large), [large]);
  const [point, setPoint] = React.useState<number | null>(null);
  const room = { width, height: HEIGHT };
  if (view.kind === 'tokens') {
    return (
      <ol className="jp-kerasviz-LargeView-tokens" start={0}>
        {view.tokens.map((word, i) => (
          <li key={i}>{word || '␣'}</li>
        ))}
      </ol>
    );
  }
  return (
    <figure className="jp-kerasviz-LargeView" data-of={view.of}>
      {view.of === 'attention' && (
        <figcaption>
          {trans.__(
            'Attention: each row is a query position and shows how much it attends to each key position. One picture per head.'
          )}
        </figcaption>
      )}
      {view.kind === 'bars' || view.kind === 'curves' ? (
        <div style={room}>
          <Lines view={view} onPoint={setPoint} />
        </div>
      ) : view.of === 'attention' ? (
        <AttentionHeads view={view} width={width} onPoint={setPoint} />
      ) : (
        view.kind !== 'number' && (
          <div className="jp-kerasviz-LargeView-pictures">
            <Pictures
              view={view}
              room={room}
              tiles={inRows(view, width)}
              onPoint={setPoint}
            />
          </div>
        )
      )}
      <output className="jp-kerasviz-LargeView-point">
        {point === null
          ? trans.__('Point at the picture to read its values.')
          : valueAt(large, numbers, point, trans)}
      </output>
      <p className="jp-kerasviz-LargeView-facts">{saidOf(view, trans)}</p>
      {step > 1 && (
        <p className="jp-kerasviz-LargeView-facts">
          {view.kind === 'bars' || view.kind === 'curves'
            ? trans.__(
                'Of every %1 values, the one farthest from 0 is shown.',
                step
              )
            : trans.__('Each pixel is the mean of %1 × %1 values.', step)}
        </p>
      )}
      {channels.length > 1 && <ChannelTable channels={channels} />}
    </figure>
  );
}

/** The number at a place, in words. */
function valueAt(
  { view }: ILargeView,
  numbers: Float32Array,
  point: number,
  trans: ITranslation
): string {
  const { channel, row, column, values } = placeOf(view, numbers, point);
  const written = values.map(formatNumber).join(', ');
  switch (view.kind) {
    case 'bars':
    case 'curves':
      return trans.__('at %1: %2', column, written);
    case 'maps':
      return view.of === 'attention'
        ? trans.__(
            'head %1, from position %2 to %3: %4',
            channel,
            positionOf(view.query_tokens, row),
            positionOf(view.tokens, column),
            written
          )
        : trans.__(
            'channel %1, row %2, column %3: %4',
            channel,
            row,
            column,
            written
          );
    default:
      return trans.__('row %1, column %2: %3', row, column, written);
  }
}

/** A position of a sequence, with its word where that is known. */
function positionOf(words: readonly string[] | undefined, at: number): string {
  return words?.[at] ? `${at} “${words[at]}”` : String(at);
}
