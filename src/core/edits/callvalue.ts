/** Arguments of a call that are no tensors: `training`, `return_attention_scores`, the number in `x + 1`. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import { callsOf, parseNodeId } from '../graph/layers';
import type { ICallJSON, IModelJSON } from '../keras';
import { trans } from '../translation';
import { assign, findLayer, withCalls, withLayer } from './layers';

/**
 * The model with another value for an argument of a call; `undefined` leaves a keyword to Keras' default.
 *
 * @throws RangeError where the call has no such argument.
 */
export function withCallValue(
  model: IModelJSON,
  node: string,
  port: string,
  value: JSONValue | undefined
): IModelJSON {
  const [name, index] = parseNodeId(node);
  const call = callsOf(findLayer(model, name))[index];
  if (!call || !(port in call.kwargs || port in call.args)) {
    throw new RangeError(
      trans.__(
        "Expected an argument of the call '%1'. Received: '%2'.",
        node,
        port
      )
    );
  }
  return withLayer(model, name, layer =>
    withCalls(layer, (item, i) => (i === index ? changed(item) : item))
  );

  function changed({ args, kwargs }: ICallJSON): ICallJSON {
    return port in kwargs
      ? { args, kwargs: assign(kwargs as JSONObject, { [port]: value }) }
      : { args: args.map((a, i) => (port === `${i}` ? value! : a)), kwargs };
  }
}
