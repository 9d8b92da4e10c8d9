import type { ConnectRefusal, ITranslation } from '../../core';

/** Why two layers can't be connected, for people. */
export function refusalText(
  refusal: ConnectRefusal,
  trans: ITranslation
): string {
  switch (refusal) {
    case 'cycle':
      return trans.__(
        'This would make a cycle. In a Keras model data flows one way, from the inputs to the outputs.'
      );
    case 'self':
      return trans.__('A layer cannot be connected to itself.');
    case 'occupied':
      return trans.__(
        'This input is already connected. Remove its connection first, or join tensors with a merging layer.'
      );
    case 'input':
      return trans.__('An input layer takes data, not the output of a layer.');
    case 'duplicate':
      return trans.__('These layers are already connected.');
  }
}
