import * as React from 'react';
import { say, type INode } from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { Exportable } from '../exporting';
import { useTranslation } from '../host';
import { useAnalysis, useInside, useModel, usePrediction } from '../hooks';
import { LargeView } from './LargeView';
import { Likely } from './Likely';
import { outputPicture } from './outputpicture';
import { LargePlane } from './plane/LargePlane';

/** All of a layer's output for the sample, in a section of its form; only while somebody looks inside. */
export function LargeOutput({ node }: { node: INode }): JSX.Element | null {
  const trans = useTranslation();
  const { inside } = useModel();
  const isOpen = useInside(i => i.isOpen && i.sample !== null);
  const isLarge = useInside(i => i.isLarge);
  return isOpen ? (
    <details
      className="jp-kerasviz-LargeOutput"
      open={isLarge}
      onToggle={event => inside.setLarge(event.currentTarget.open)}
    >
      <summary>{trans.__('Output')}</summary>
      {isLarge && <Content node={node} />}
    </details>
  ) : null;
}

function Content({ node }: { node: INode }): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const [chosen, setChosen] = React.useState(0);
  const [width, setWidth] = React.useState(0);
  const root = React.useRef<HTMLDivElement>(null);
  const large = useInside(i => i.large);
  const prediction = usePrediction(node.id);
  const shapes = useAnalysis(a => a.nodes.get(node.id)?.shapes.length ?? 0);
  const count = Math.max(node.outputs, shapes);
  const tensor = Math.min(chosen, Math.max(0, count - 1));

  React.useEffect(() => {
    inside.enlarge({ node: node.id, tensor });
    return () => inside.enlarge(null);
  }, [inside, node.id, tensor]);
  React.useEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) =>
      setWidth(Math.floor(contentRect.width))
    );
    observer.observe(root.current!);
    return () => observer.disconnect();
  }, []);

  const isAnswer = large?.node === node.id && large.tensor === tensor;
  return (
    <div ref={root} aria-busy={!isAnswer}>
      {count > 1 && (
        <select
          className="jp-mod-styled"
          aria-label={trans.__('Output to show')}
          value={tensor}
          onChange={event => setChosen(Number(event.target.value))}
        >
          {Array.from({ length: count }, (_, i) => (
            <option key={i} value={i}>
              {trans.__('output %1', i)}
            </option>
          ))}
        </select>
      )}
      {prediction && <Likely prediction={prediction} />}
      {isAnswer && large.error && <ErrorNotice error={large.error} />}
      {isAnswer && large.layer?.sentence && (
        <p className="jp-kerasviz-LargeOutput-formula">
          {say(large.layer.sentence)}
        </p>
      )}
      {isAnswer &&
        width > 0 &&
        large.layer?.views.map((view, i) => {
          const shown = { large: view, width };
          return view.view.of === 'plane' ? (
            <LargePlane key={i} {...shown} node={node.id} tensor={tensor} />
          ) : (
            <Exportable
              key={i}
              picture={outputPicture(inside, node.id, view.view, tensor)}
            >
              <LargeView {...shown} />
            </Exportable>
          );
        })}
    </div>
  );
}
