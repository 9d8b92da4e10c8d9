/** Moving an end of an edge. */
import type { ISource, ITarget } from './edittypes';
import { graphOf } from '../graph/derive';
import { parseNodeId } from '../graph/layerjson';
import { mapTensors } from '../graph/tensors';
import type { IEdge } from '../graph/graph';
import type { IModelJSON, ITensorJSON } from '../keras';
import { joined, referenceTo, refusal, withoutEdges } from './connect';
import { toFunctional } from './functional';
import { portNames, withCalls, withLayer, type PortLookup } from './steps';
import { settle } from './settle';

/**
 * The model with an edge between other nodes: in one step, so that what was an output stays one.
 *
 * @throws RangeError where there is no such edge, or the nodes can't be connected.
 */
export function reconnected(
  model: IModelJSON,
  id: string,
  source: ISource,
  target: ITarget,
  ports: PortLookup
): IModelJSON {
  const edge = graphOf(model).edges.find(item => item.id === id);
  if (!edge) {
    throw new RangeError(`Expected an edge of the model. Received: '${id}'.`);
  }
  const before = toFunctional(model);
  const cut = withoutEdges(before, new Set([id]), ports);
  const reason = refusal(cut, source, target, ports);
  if (reason) {
    throw new RangeError(
      `Expected nodes that can be connected. Received: ${source.node} to ${target.node} (${reason}).`
    );
  }
  const stays = edge.target === target.node && edge.port === target.port;
  const after = stays
    ? redirected(before, edge, referenceTo(before, source), ports)
    : joined(cut, source, target, ports);
  return settle(before, after);
}

/** The model with another tensor in the place of an edge's. */
export function redirected(
  model: IModelJSON,
  edge: IEdge,
  reference: ITensorJSON,
  ports: PortLookup
): IModelJSON {
  const [target, index] = parseNodeId(edge.target);
  return withLayer(model, target, layer =>
    withCalls(layer, (call, i) =>
      i === index
        ? mapTensors(call, portNames(layer, ports), (tensor, port, place) =>
            port === edge.port && place === edge.index ? reference : tensor
          )
        : call
    )
  );
}
