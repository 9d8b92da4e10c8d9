import { type ILayerChange, type IModelJSON } from '../../../core';
import { chainModel } from '../../__tests__/models';
import { differenceGraph, firstDifferences } from '../mergedgraphs';

/** The model of a chain of layers. */
function chain(...classes: string[]): IModelJSON {
  const model = chainModel(...classes);
  const json = model.document.model!;
  model.dispose();
  return json;
}

const fates = (
  before: IModelJSON,
  after: IModelJSON,
  changes: ILayerChange[] = []
) => {
  const { nodes, edges } = differenceGraph(before, after, changes);
  return {
    nodes: Object.fromEntries(nodes.map(({ id, data }) => [id, data.fate])),
    edges: edges.map(({ source, target, className }) => [
      source,
      target,
      className!.split('jp-mod-')[1]
    ]),
    changes: nodes.flatMap(({ data }) => data.changes)
  };
};

describe('differenceGraph', () => {
  it('has the layers and connections of both, and what became of them', () => {
    const result = fates(
      chain('InputLayer', 'Dense', 'Dropout'),
      chain('InputLayer', 'Dense', 'Flatten')
    );
    expect(result.nodes).toEqual({
      'input_layer:0': 'same',
      'dense:0': 'same',
      'flatten:0': 'added',
      'dropout:0': 'removed'
    });
    expect(result.edges).toEqual([
      ['input_layer:0', 'dense:0', 'same'],
      ['dense:0', 'flatten:0', 'added'],
      ['dense:0', 'dropout:0', 'removed']
    ]);
  });

  it('says what changed in a layer, and in the layers inside of it', () => {
    const model = chain('InputLayer', 'Dense');
    const units = { key: 'units', before: '64', after: '16' };
    const change = (layer: string): ILayerChange => ({
      kind: 'changed',
      layer,
      class_name: 'Dense',
      arguments: [units]
    });
    const result = fates(model, model, [change('dense'), change('dense/in')]);
    expect(result.nodes).toEqual({
      'input_layer:0': 'same',
      'dense:0': 'changed'
    });
    expect(result.changes).toEqual([units, { ...units, key: 'in.units' }]);
  });

  it('says that a layer inside came', () => {
    const model = chain('InputLayer', 'Dense');
    const result = fates(model, model, [
      { kind: 'added', layer: 'dense/x', class_name: 'ReLU', arguments: [] }
    ]);
    expect(result.changes).toEqual([{ key: 'x', before: null, after: 'ReLU' }]);
  });

  it('opens with the first differences, not with the ones far away', () => {
    const model = chain('InputLayer', ...Array<string>(40).fill('Dense'));
    const shown = (...changed: string[]) =>
      firstDifferences(
        differenceGraph(
          model,
          model,
          changed.map(layer => ({
            kind: 'changed',
            layer,
            class_name: 'Dense',
            arguments: []
          }))
        ).nodes
      )?.map(({ id }) => id);
    expect(shown('dense_2', 'dense_3', 'dense_39')).toEqual([
      'dense_2:0',
      'dense_3:0'
    ]);
    expect(shown()).toBeUndefined();
  });

  it('places every card, none on another', () => {
    const { nodes } = differenceGraph(
      chain('InputLayer', 'Dense', 'Dropout'),
      chain('InputLayer', 'Dense', 'Flatten'),
      []
    );
    const places = nodes.map(({ position: { x, y } }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(4);
  });
});
