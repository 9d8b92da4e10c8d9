import type { INodeAnalysis } from '../../../core';
import { chainModel, fine } from '../../__tests__/models';
import { sortedLayers, type Column } from '../layerorder';

describe('sortedLayers', () => {
  const model = chainModel('InputLayer', 'Dense', 'Dropout', 'Dense');
  const { nodes } = model.document.graph;
  const analyses = new Map<string, INodeAnalysis>([
    ['input_layer:0', fine({ shapes: [[null, 8, 8]], macs: null })],
    ['dense:0', fine({ shapes: [[null, 100]], params: 10, macs: 700 })],
    ['dropout:0', fine({ shapes: [[null, 9]], params: 0, macs: 0 })],
    ['dense_1:0', fine({ shapes: [[null, 10]], params: 2000, macs: 90 })]
  ]);
  const by = (column: Column, descending: boolean) =>
    sortedLayers(nodes, analyses, { column, descending }).map(
      ({ layer }) => layer
    );

  afterAll(() => model.dispose());

  it('leaves the order of the model where none is chosen', () => {
    expect(sortedLayers(nodes, analyses, null)).toBe(nodes);
  });

  it('compares numbers as numbers', () => {
    expect(by('params', true).slice(0, 2)).toEqual(['dense_1', 'dense']);
    expect(by('shape', false)).toEqual([
      'dropout',
      'dense_1',
      'input_layer',
      'dense'
    ]);
  });

  it('puts what is not known last, whichever way', () => {
    expect(by('macs', true).pop()).toBe('input_layer');
    expect(by('macs', false).pop()).toBe('input_layer');
  });

  it('sorts by the name of the layer and of its class', () => {
    expect(by('layer', true)[0]).toBe('input_layer');
    expect(by('class', false).slice(0, 2)).toEqual(['dense', 'dense_1']);
  });
});
