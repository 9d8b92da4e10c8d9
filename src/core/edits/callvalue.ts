/** Arguments of a call that are no tensors: `training`, `return_attention_scores`, the number in `x + 1`. */
import type { JSONValue } from '@lumino/coreutils';
import type { ILayerArguments } from './edittypes';
import { callsOf, isInputLayer, parseNodeId } from '../graph/layerjson';
import type { ICallJSON, IModelJSON } from '../keras';
import { trans } from '../translation';
import { withoutEmptyCall } from './connect';
import { toFunctional } from './functional';
import { assign, findLayer, withLayer } from './steps';

const POSITION = /^\d+$/;
const NO_CALL: ICallJSON = { args: [], kwargs: {} };

/**
 * The model with other values for arguments of a call; `undefined` takes one away.
 *
 * The layers of a Sequential are called with nothing but their input: it becomes Functional.
 *
 * @param values - By keyword, or by position: one that the call has, or the next one. A layer that is not called yet
 * may have a value at a position, with room for the tensors before it.
 * @throws RangeError where there is no place for a value.
 */
export function withCallValues(
  model: IModelJSON,
  node: string,
  values: ILayerArguments
): IModelJSON {
  const [name, index] = parseNodeId(node);
  const next = toFunctional(model);
  const layer = findLayer(next, name);
  const calls = callsOf(layer);
  for (const port of Object.keys(values)) {
    if (!hasPlace(port)) {
      throw new RangeError(
        trans.__("The call '%1' has no argument '%2'.", node, port)
      );
    }
  }
  const inbound_nodes = (calls.length > 0 ? calls : [NO_CALL]).map((call, i) =>
    i === index ? withValues(call, values) : call
  );
  return withLayer(next, name, () =>
    withoutEmptyCall({ ...layer, inbound_nodes })
  );

  function hasPlace(port: string): boolean {
    const isPosition = POSITION.test(port);
    return calls[index]
      ? !isPosition || Number(port) <= calls[index].args.length
      : isPosition && calls.length === 0 && !isInputLayer(layer);
  }
}

function withValues(call: ICallJSON, values: ILayerArguments): ICallJSON {
  const args: (JSONValue | undefined)[] = [...call.args];
  const keywords: ILayerArguments = {};
  for (const [port, value] of Object.entries(values)) {
    if (POSITION.test(port)) {
      args[Number(port)] = value;
    } else {
      keywords[port] = value;
    }
  }
  while (args.length > 0 && args[args.length - 1] === undefined) {
    args.pop();
  }
  return {
    args: Array.from(args, value => value ?? null),
    kwargs: assign(call.kwargs, keywords)
  };
}
