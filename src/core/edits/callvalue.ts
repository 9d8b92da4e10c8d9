/** Arguments of a call that are no tensors: `training`, `return_attention_scores`, the number in `x + 1`. */
import type { ILayerArguments } from '../document/types';
import { callsOf, parseNodeId } from '../graph/layers';
import type { ICallJSON, IModelJSON } from '../keras';
import { trans } from '../translation';
import { toFunctional } from './functional';
import { assign, findLayer, withCalls, withLayer } from './layers';

const POSITION = /^\d+$/;

/**
 * The model with other values for arguments of a call; `undefined` leaves a keyword to Keras' default.
 *
 * The layers of a Sequential are called with nothing but their input: it becomes Functional.
 *
 * @param values - By keyword, or by position where the call has something there.
 * @throws RangeError where the node is not called yet, or has nothing at that position.
 */
export function withCallValues(
  model: IModelJSON,
  node: string,
  values: ILayerArguments
): IModelJSON {
  const [name, index] = parseNodeId(node);
  const next = toFunctional(model);
  const call = callsOf(findLayer(next, name))[index];
  for (const port of Object.keys(values)) {
    if (!call || (POSITION.test(port) && !(port in call.args))) {
      throw new RangeError(
        trans.__(
          "Expected an argument of the call '%1'. Received: '%2'.",
          node,
          port
        )
      );
    }
  }
  return withLayer(next, name, layer =>
    withCalls(layer, (item, i) => (i === index ? changed(item) : item))
  );

  function changed({ args, kwargs }: ICallJSON): ICallJSON {
    const keywords = Object.entries(values).filter(
      ([port]) => !POSITION.test(port)
    );
    return {
      args: args.map((item, i) => {
        const value = values[i];
        return value === undefined ? item : value;
      }),
      kwargs: assign(kwargs, Object.fromEntries(keywords))
    };
  }
}
