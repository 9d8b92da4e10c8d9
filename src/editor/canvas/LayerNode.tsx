import {
  Handle,
  Position,
  useStore,
  type Node,
  type NodeProps,
  type ReactFlowState
} from '@xyflow/react';
import * as React from 'react';
import { classLabel, layerErrors, say, type INode } from '../../core';
import { useTranslation } from '../host';
import { useAnalysis, useCatalog, useDocument, useLayerHints } from '../hooks';
import { portX } from '../layout';
import { AdviceMark } from './AdviceMark';
import { CardOutput } from './CardOutput';
import { CardStatistics } from './CardStatistics';
import type { CalloutSide } from './callout';
import { EndMarks } from './EndMarks';
import { LayerCard } from './LayerCard';
import { NodeError } from './NodeError';
import type { INodePort } from '../drawing/ports';
import { formatShape } from '../drawing/summary';
import { PICTURES_ZOOM, PORTS_ZOOM, READABLE_ZOOM } from './zoom';

/** What React Flow hands to a `LayerNode`. */
export type LayerFlowNode = Node<
  {
    inputs: readonly INodePort[];
    /** Number of output tensors. */
    outputs: number;
    /** Where its error is shown, if it has one. */
    callout: CalloutSide | null;
  },
  'layer'
>;

const isFar = (state: ReactFlowState) => state.transform[2] < READABLE_ZOOM;
const hasPictures = (state: ReactFlowState) =>
  state.transform[2] >= PICTURES_ZOOM;
const hasPorts = (state: ReactFlowState) => state.transform[2] >= PORTS_ZOOM;

/** One call of a layer, while the model has it. */
export const LayerNode = React.memo(function LayerNode({
  id,
  data
}: NodeProps<LayerFlowNode>) {
  const node = useDocument(d => d.graph.byId.get(id));
  return node ? <Ports node={node} {...data} /> : null;
});

/** A card with ports above and below. */
function Ports({
  node,
  inputs,
  outputs,
  callout
}: LayerFlowNode['data'] & { node: INode }): JSX.Element {
  const trans = useTranslation();
  const far = useStore(isFar);
  const pictures = useStore(hasPictures);
  const ports = useStore(hasPorts);
  const family = useCatalog(c =>
    c.family(c.layer(node.class_name, node.registered_name) ?? node.class_name)
  );
  const analysis = useAnalysis(a => a.nodes.get(node.id));
  const error = analysis?.error ?? null;
  const advice = useAnalysis(a => layerErrors(a, node.layer));
  const hints = useLayerHints(node.layer);
  const grave = hints.find(({ severity }) => severity !== 'info');
  const said = advice[0]?.message ?? grave?.sentence;
  const worst = said === undefined ? '' : say(said);

  return (
    <div
      className="jp-kerasviz-LayerNode"
      data-layer={node.layer}
      data-family={family}
      data-error={error ? true : undefined}
      data-advice={(!error && worst) || undefined}
      data-waiting={analysis?.waiting || undefined}
      data-far={far || undefined}
    >
      {(ports ? inputs : []).map((port, i) => (
        <Handle
          key={port.id}
          id={port.id}
          type="target"
          position={Position.Top}
          className="jp-kerasviz-LayerNode-port"
          data-optional={port.optional || undefined}
          data-many={port.many || undefined}
          style={{ left: portX(i, inputs.length) }}
          title={
            port.many
              ? trans.__('%1: any number of tensors', port.name)
              : port.name
          }
        >
          <span className="jp-kerasviz-LayerNode-portName">{port.name}</span>
        </Handle>
      ))}
      {far ? (
        <div className="jp-kerasviz-LayerNode-bar">
          {words(classLabel(node))}
        </div>
      ) : (
        <LayerCard node={node} analysis={analysis} />
      )}
      {pictures && <CardOutput node={node.id} />}
      {!far && <CardStatistics node={node} />}
      {!far && <EndMarks node={node.id} outputs={outputs} />}
      {!far && error && <NodeError error={error} side={callout ?? 'right'} />}
      {!far && !error && advice.length + hints.length > 0 && (
        <AdviceMark
          advice={advice}
          hints={hints}
          layer={node.layer}
          side={callout ?? 'right'}
        />
      )}
      {Array.from({ length: ports ? outputs : 0 }, (_, tensor) => (
        <Handle
          key={tensor}
          id={String(tensor)}
          type="source"
          position={Position.Bottom}
          className="jp-kerasviz-LayerNode-port"
          data-tensor={outputs > 1 ? tensor : undefined}
          style={{ left: portX(tensor, outputs) }}
          title={outputTitle(tensor)}
        />
      ))}
    </div>
  );

  function outputTitle(tensor: number): string {
    const shape = analysis?.shapes[tensor];
    const name =
      outputs > 1 ? trans.__('output %1', tensor) : trans.__('output');
    return shape ? `${name} ${formatShape(shape)}` : name;
  }
}

/** A class name that may be broken between its words. */
function words(name: string): React.ReactNode[] {
  return name
    .split(/(?<=[a-z]|\dD)(?=[A-Z])/)
    .flatMap((word, i) => (i === 0 ? word : [<wbr key={i} />, word]));
}
