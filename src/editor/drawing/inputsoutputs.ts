/** Inputs and outputs of the model, as people see and change them. */
import type { EditorModel, IEnd, IGraph, ITranslation } from '../../core';

/** What an input or output is called: its name where it has one, else its place among several. */
export function endLabel(
  graph: IGraph,
  which: 'inputs' | 'outputs',
  index: number,
  trans: ITranslation
): string {
  const ends = graph[which];
  const { key } = ends[index];
  if (which === 'inputs') {
    if (key !== null) {
      return trans.__('input: %1', key);
    }
    return ends.length === 1
      ? trans.__('input')
      : trans.__('input %1', index + 1);
  }
  if (key !== null) {
    return trans.__('output: %1', key);
  }
  return ends.length === 1
    ? trans.__('output')
    : trans.__('output %1', index + 1);
}

/** One of the model's inputs or outputs. */
export interface IEndPlace {
  which: 'inputs' | 'outputs';
  index: number;
  tensor: number;
}

const NO_PLACES: readonly IEndPlace[] = [];
const placesIn = new WeakMap<IGraph, Map<string, IEndPlace[]>>();

/** The inputs and outputs that a node is or gives; the same object for the same graph. */
export function endPlaces(graph: IGraph, node: string): readonly IEndPlace[] {
  let places = placesIn.get(graph);
  if (!places) {
    places = new Map();
    for (const which of ['inputs', 'outputs'] as const) {
      for (const [index, end] of graph[which].entries()) {
        const place = { which, index, tensor: end.tensor };
        places.set(end.node, [...(places.get(end.node) ?? []), place]);
      }
    }
    placesIn.set(graph, places);
  }
  return places.get(node) ?? NO_PLACES;
}

/** The output that a node gives: of several tensors the one that is asked for, else the first that is one. */
export function outputOf(
  { outputs }: IGraph,
  node: string,
  tensor?: number
): IEnd | undefined {
  return outputs.find(
    end => end.node === node && (tensor ?? end.tensor) === end.tensor
  );
}

/** Whether `toggleOutput` can do something: a model keeps one output. */
export function canToggleOutput(
  { document: { graph } }: EditorModel,
  node: string,
  tensor?: number
): boolean {
  return graph.outputs.length !== 1 || !outputOf(graph, node, tensor);
}

/** Makes a tensor that a node gives an output of the model, the first where none is asked for, or no output any more. */
export function toggleOutput(
  { document }: EditorModel,
  node: string,
  tensor?: number
): void {
  const output = outputOf(document.graph, node, tensor);
  if (output) {
    document.unpinOutput(output);
  } else {
    document.pinOutput({ node, tensor: tensor ?? 0 });
  }
}

/** Whether an input or output has a neighbour in its order to change places with. */
export function canMoveEnd(
  ends: readonly IEnd[],
  index: number,
  step: 1 | -1
): boolean {
  return (
    ends[index] !== undefined &&
    ends[index + step] !== undefined &&
    ends.every(({ key }) => key === null)
  );
}
