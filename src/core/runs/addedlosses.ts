/** Whether the layers of a document may add a loss themselves, so that it trains without one of `compile`. */
import { isObject } from '../isobject';

/** The layer of Keras that does nothing else. */
const ADDS = 'ActivityRegularization';

const NO_LAYERS = ['compile_config', 'kerasviz'];

/**
 * Looks for regularizers, and for layers of the user's own, whose code may call `add_loss`.
 *
 * @param config - Keras JSON of a model or a layer. `may_add_loss` of `kerasviz/config/addedlosses.py` does the same.
 */
export function mayAddLoss(config: unknown): boolean {
  if (Array.isArray(config)) {
    return config.some(mayAddLoss);
  }
  if (!isObject(config)) {
    return false;
  }
  const isOwn =
    'class_name' in config && String(config.registered_name).includes('>');
  const regularizes = Object.entries(config).some(
    ([key, value]) => key.endsWith('regularizer') && Boolean(value)
  );
  return (
    isOwn ||
    regularizes ||
    config.class_name === ADDS ||
    Object.entries(config).some(
      ([key, value]) => !NO_LAYERS.includes(key) && mayAddLoss(value)
    )
  );
}
