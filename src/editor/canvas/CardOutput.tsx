import * as React from 'react';
import { say } from '../../core';
import { Exportable } from '../exporting';
import { useTranslation } from '../host';
import { useInside, useModel, usePrediction, useSurface } from '../hooks';
import {
  CardSurface,
  Likely,
  outputPicture,
  OutputView,
  planePicture,
  shownBy,
  useShowOutput
} from '../insight';
import { OUTPUT_ROOM } from '../layout';

/** Pixels of one output, below the port that it comes out of. */
const MARGIN = 10;

/** Classes that are named. */
const LIKELY = 3;

/**
 * What comes out of a layer for the sample, below its card; nothing while nobody looks inside. A click shows it large,
 * in the layer's form.
 */
export function CardOutput({ node }: { node: string }): JSX.Element | null {
  const trans = useTranslation();
  const { inside } = useModel();
  const showOutput = useShowOutput();
  const views = useInside(i => i.probe?.views[node]);
  const error = useInside(i => i.probe?.errors[node]);
  const prediction = usePrediction(node);
  const surface = useSurface(node);
  const sample = useInside(i => i.sample);
  React.useEffect(() => () => inside.pointedUnit.point(null), [inside]);
  if (!views?.length && !error) {
    return null;
  }
  const shown = (views?.length ?? 0) + (prediction ? 1 : 0);
  const room = {
    width: OUTPUT_ROOM.width / Math.max(1, shown),
    height: OUTPUT_ROOM.height - MARGIN
  };
  return (
    <div
      className="jp-kerasviz-CardOutput"
      title={trans.__('Click to see all of it in the Layer tab (key: L)')}
      onClick={() => showOutput(node)}
    >
      {error && (
        <span className="jp-kerasviz-CardOutput-error" title={say(error)}>
          {say(error)}
        </span>
      )}
      {surface && sample ? (
        <Exportable
          picture={planePicture(inside, node, shownBy(surface.kind, sample))}
          hasButton={false}
        >
          <CardSurface surface={surface} sample={sample} room={room} />
        </Exportable>
      ) : (
        views?.map((view, i) => (
          <Exportable
            key={i}
            picture={outputPicture(inside, node, view, i)}
            hasButton={false}
          >
            <OutputView
              view={view}
              room={room}
              onPoint={
                view.of === 'plane'
                  ? value =>
                      inside.pointedUnit.point(
                        value === null
                          ? null
                          : {
                              node,
                              tensor: i,
                              unit: Math.floor(
                                value / (view.width * view.height)
                              )
                            }
                      )
                  : undefined
              }
            />
          </Exportable>
        ))
      )}
      {prediction && <Likely prediction={prediction} most={LIKELY} />}
    </div>
  );
}
