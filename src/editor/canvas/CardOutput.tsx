import * as React from 'react';
import { say } from '../../core';
import { useInside } from '../hooks';
import { OutputView } from '../insight';
import { OUTPUT_ROOM } from '../layout';

/** Pixels of one output, below the port that it comes out of. */
const MARGIN = 10;

/** What comes out of a layer for the sample, below its card; nothing while nobody looks inside. */
export function CardOutput({ node }: { node: string }): JSX.Element | null {
  const views = useInside(i => i.probe?.views[node]);
  const error = useInside(i => i.probe?.errors[node]);
  if (!views?.length && !error) {
    return null;
  }
  const room = {
    width: OUTPUT_ROOM.width / Math.max(1, views?.length ?? 1),
    height: OUTPUT_ROOM.height - MARGIN
  };
  return (
    <div className="jp-kerasviz-CardOutput">
      {error && (
        <span className="jp-kerasviz-CardOutput-error">{say(error)}</span>
      )}
      {views?.map((view, i) => (
        <OutputView key={i} view={view} room={room} />
      ))}
    </div>
  );
}
