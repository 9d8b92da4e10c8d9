import {
  act,
  cleanup,
  fireEvent,
  screen,
  waitFor
} from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { chainModel, entry } from '../../__tests__/models';
import { Canvas } from '../Canvas';

const flowNode = (id: string) =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)!;
const marks = (id: string) =>
  [...flowNode(id).querySelectorAll('.jp-kerasviz-EndMark')].map(
    mark => mark.textContent
  );
const press = (id: string, key: string) =>
  fireEvent.keyDown(flowNode(id), { key });

describe('the ends of a model on the canvas', () => {
  let model: EditorModel;

  beforeAll(standInForBrowser);
  beforeEach(async () => {
    model = chainModel('InputLayer', 'Dense', 'Dense');
    show(model, <Canvas />);
    await waitFor(() => expect(model.layout.value.size).toBe(3));
  });
  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('are marked, with their places among several', () => {
    expect(marks('input_layer:0')).toEqual(['input']);
    expect(marks('dense_1:0')).toEqual(['output']);
    act(() => model.selection.select(['dense:0']));
    press('dense:0', 'o');
    expect(marks('dense:0')).toEqual(['output 2']);
    expect(marks('dense_1:0')).toEqual(['output 1']);
    press('dense:0', 'o');
    expect(marks('dense:0')).toEqual([]);
    press('dense_1:0', 'o');
    expect(marks('dense_1:0')).toEqual(['output']);
  });

  it('are named where the model names them', () => {
    const json = JSON.parse(model.document.getSource());
    json.config.output_layers = { label: ['dense_1', 0, 0] };
    act(() => model.document.replace(json));
    expect(marks('dense_1:0')).toEqual(['output: label']);
  });
});

describe('connecting by keyboard', () => {
  let model: EditorModel;
  const steps = () => model.document.undoManager.undoStack.length;
  const told = () => screen.getByRole('status').textContent;
  const edges = () => model.document.graph.edges.map(edge => edge.id);

  beforeAll(standInForBrowser);
  beforeEach(async () => {
    model = chainModel('InputLayer', 'Dense');
    model.document.addLayer({ entry: entry('Dense') });
    model.document.clearUndoHistory();
    show(model, <Canvas />);
    await waitFor(() => expect(model.layout.value.size).toBe(3));
  });
  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('begins with C and ends with Enter, and says how it goes', () => {
    press('dense:0', 'c');
    expect(told()).toContain('Connecting from dense');
    press('dense_1:0', 'Enter');
    expect(told()).toBe('Connected dense to dense_1.');
    expect(edges()).toContain('dense:0.0>dense_1:0.0.0');
    expect(steps()).toBe(1);
  });

  it('is given up with Escape', () => {
    press('dense:0', 'c');
    press('dense:0', 'Escape');
    expect(told()).toBe('');
    press('dense_1:0', 'Enter');
    expect(steps()).toBe(0);
  });

  it('says why two can not be connected', () => {
    press('dense:0', 'c');
    press('dense:0', 'Enter');
    expect(told()).toBe('A layer cannot be connected to itself.');
  });

  it('connects two selected layers at once, whichever way does not make a cycle', () => {
    act(() => model.document.connect(...ends('dense:0', 'dense_1:0')));
    act(() => model.document.disconnect(['input_layer:0.0>dense:0.0.0']));
    act(() => model.selection.select(['dense:0', 'input_layer:0']));
    press('dense:0', 'c');
    expect(edges()).toContain('input_layer:0.0>dense:0.0.0');
  });
});

function ends(source: string, target: string) {
  return [
    { node: source, tensor: 0 },
    { node: target, port: '0' }
  ] as const;
}
