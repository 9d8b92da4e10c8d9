import {
  Background,
  Controls,
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  type NodeProps
} from '@xyflow/react';
import * as React from 'react';
import { parseModel, type IRunDifference } from '../../core';
import { FIT } from '../canvas/fitted';
import { flowWords } from '../canvas/flowwords';
import { useTranslation } from '../host';
import { portX } from '../layout';
import {
  differenceGraph,
  firstDifferences,
  type DifferenceNode,
  type Fate
} from './mergedgraphs';

/** Signs beside the colours: not everybody tells red from green. */
const SIGNS: { [F in Fate]: string } = {
  same: '',
  added: '+',
  removed: '−',
  changed: '≠'
};

/** Layers beyond which names can't be read where all of them are shown. */
const LARGE = 60;

const NODE_TYPES = { layer: LayerDifference };

/** Both models in one drawing, which can be moved and zoomed and no more. */
export function DifferenceGraph(props: {
  difference: IRunDifference;
}): JSX.Element {
  const { difference } = props;
  const trans = useTranslation();
  const id = React.useId();
  const words = React.useMemo(() => flowWords(trans), [trans]);
  const graph = React.useMemo(() => {
    const { before, after, layers } = difference;
    try {
      return differenceGraph(parseModel(before), parseModel(after), layers);
    } catch {
      return null;
    }
  }, [difference]);
  if (!graph) {
    return (
      <p className="jp-kerasviz-Runs-empty">
        {trans.__('The drawing of one of these runs can’t be read any more.')}
      </p>
    );
  }
  const isLarge = graph.nodes.length > LARGE;
  return (
    <ReactFlowProvider>
      <ReactFlow
        id={id}
        className="jp-kerasviz-DifferenceGraph"
        nodes={graph.nodes}
        edges={graph.edges}
        nodeTypes={NODE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        fitView
        fitViewOptions={
          isLarge ? { ...FIT, nodes: firstDifferences(graph.nodes) } : FIT
        }
        minZoom={0.02}
        maxZoom={2}
        onlyRenderVisibleElements={isLarge}
        aria-label={trans.__('Both models')}
        ariaLabelConfig={words}
        proOptions={{ hideAttribution: true }}
      >
        <Background />
        <div role="group" aria-label={trans.__('Zoom')}>
          <Controls
            aria-label=""
            showInteractive={false}
            fitViewOptions={FIT}
          />
        </div>
      </ReactFlow>
    </ReactFlowProvider>
  );
}

/** A layer of either model, and what became of it. */
function LayerDifference({ data }: NodeProps<DifferenceNode>): JSX.Element {
  const trans = useTranslation();
  const { layer, className, fate, changes, inputs, outputs } = data;
  const words: { [F in Fate]: string } = {
    same: '',
    added: trans.__('added'),
    removed: trans.__('removed'),
    changed: trans.__('changed')
  };
  const lines = changes.map(
    ({ key, before, after }) => `${key}: ${before ?? '–'} → ${after ?? '–'}`
  );
  return (
    <div
      className="jp-kerasviz-LayerDifference"
      data-layer={layer}
      data-fate={fate}
      title={lines.join('\n')}
    >
      {inputs.map((port, i) => (
        <Handle
          key={port}
          id={port}
          type="target"
          position={Position.Top}
          style={{ left: portX(i, inputs.length) }}
        />
      ))}
      {Array.from({ length: outputs }, (_, tensor) => (
        <Handle
          key={tensor}
          id={String(tensor)}
          type="source"
          position={Position.Bottom}
          style={{ left: portX(tensor, outputs) }}
        />
      ))}
      {fate !== 'same' && (
        <span
          className="jp-kerasviz-LayerDifference-sign"
          role="img"
          aria-label={words[fate]}
          title={words[fate]}
        >
          {SIGNS[fate]}
        </span>
      )}
      <div className="jp-kerasviz-LayerDifference-name">{layer}</div>
      <div className="jp-kerasviz-LayerDifference-class">{className}</div>
      <div className="jp-kerasviz-LayerDifference-changes">
        {lines.length > 2
          ? trans.__('%1 and %2 more', lines[0], lines.length - 1)
          : lines.join(', ')}
      </div>
    </div>
  );
}
