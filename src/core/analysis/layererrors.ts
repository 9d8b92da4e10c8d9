import type { IKerasError } from '../protocol';
import type { IAnalysis } from './analysis';

const NONE: readonly IKerasError[] = [];
const byLayer = new WeakMap<
  readonly IKerasError[],
  ReadonlyMap<string, IKerasError[]>
>();

/**
 * What is wrong with the model because of a layer, though Keras makes its call.
 *
 * @returns The same array while the errors are the same: each card asks.
 */
export function layerErrors(
  { errors }: IAnalysis,
  layer: string
): readonly IKerasError[] {
  let sorted = byLayer.get(errors);
  if (!sorted) {
    sorted = sortedByLayer(errors);
    byLayer.set(errors, sorted);
  }
  return sorted.get(layer) ?? NONE;
}

function sortedByLayer(
  errors: readonly IKerasError[]
): ReadonlyMap<string, IKerasError[]> {
  const sorted = new Map<string, IKerasError[]>();
  for (const error of errors) {
    if (error.layer !== null) {
      sorted.set(error.layer, [...(sorted.get(error.layer) ?? []), error]);
    }
  }
  return sorted;
}
