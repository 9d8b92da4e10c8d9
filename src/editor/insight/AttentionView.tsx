import * as React from 'react';
import type { IView } from '../../core';
import { useTranslation } from '../host';
import { Picture, Pictures, splitPictures } from './PicturesView';
import { cellOf, marksOf, widthOf } from './axismarks';

/** Pixels of a card that the name of an axis takes. */
const NAME = 12;

/** Where a layer of attention looks, on its card: a picture for each head, between the names of their axes. */
export function AttentionOnCard({
  view,
  room
}: {
  view: IView;
  room: { width: number; height: number };
}): JSX.Element {
  const trans = useTranslation();
  const inside = { width: room.width - NAME, height: room.height - NAME };
  return (
    <div className="jp-kerasviz-AttentionOnCard">
      <span className="jp-kerasviz-Attention-up">{trans.__('query')}</span>
      <Pictures view={view} room={inside} />
      <span className="jp-kerasviz-Attention-across">{trans.__('key')}</span>
    </div>
  );
}

export interface IAttentionHeadsProps {
  view: IView;
  /** Pixels that they may take. */
  width: number;
  /** Told the number of the value under the mouse, and null when there is none. */
  onPoint(value: number | null): void;
}

/** Where each head of a layer of attention looks, with the words or numbers of the positions along its axes. */
export function AttentionHeads(props: IAttentionHeadsProps): JSX.Element {
  const { view, width, onPoint } = props;
  const trans = useTranslation();
  const pictures = React.useMemo(() => splitPictures(view), [view]);
  const [queries, keys] = view.shape.slice(-2);
  const cell = cellOf(Math.max(queries, keys), width);
  const left = marksOf(queries, view.query_tokens ?? [], cell);
  const below = marksOf(keys, view.tokens, cell);
  const hasWords = view.tokens.length === keys;
  return (
    <div
      className="jp-kerasviz-AttentionHeads"
      onMouseLeave={() => onPoint(null)}
    >
      {pictures.map((pixels, head) => (
        <div key={head} className="jp-kerasviz-AttentionHead">
          {view.shape.length > 2 && (
            <span className="jp-kerasviz-AttentionHead-name">
              {trans.__('head %1', head)}
            </span>
          )}
          <span className="jp-kerasviz-Attention-up">
            {trans.__('query position')}
          </span>
          <div
            className="jp-kerasviz-AttentionHead-left"
            style={{ width: `${widthOf(left) + 1}ch` }}
          >
            {left.map(({ at, said }) => (
              <span key={at} style={{ top: (at + 0.5) * cell }}>
                {said}
              </span>
            ))}
          </div>
          <Picture
            pixels={pixels}
            width={keys * cell}
            height={queries * cell}
            onPoint={pixel => onPoint(head * view.width * view.height + pixel)}
          />
          <div
            className="jp-kerasviz-AttentionHead-below"
            data-words={hasWords || undefined}
            style={{ height: hasWords ? `${widthOf(below) + 1}ch` : '1.4em' }}
          >
            {below.map(({ at, said }) => (
              <span key={at} style={{ left: (at + 0.5) * cell }}>
                {said}
              </span>
            ))}
          </div>
          <span className="jp-kerasviz-Attention-across">
            {trans.__('key position')}
          </span>
        </div>
      ))}
    </div>
  );
}
