import { cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import { classLabel, type EditorModel } from '../../../core';
import { LAYER_MIME_TYPE } from '../../drawing/dragdrop';
import { chainModel } from '../../__tests__/models';
import { show } from '../../__tests__/host';
import { Palette } from '../Palette';

const classes = () =>
  [...document.querySelectorAll('.jp-kerasviz-Palette-entry')].map(item =>
    item.getAttribute('data-layer-class')
  );

function palette(layer: string): HTMLElement {
  return document.querySelector<HTMLElement>(`[data-layer-class="${layer}"]`)!;
}

describe('Palette', () => {
  let model: EditorModel;
  const nodes = () => model.document.graph.nodes.map(node => node.id);

  beforeEach(() => {
    model = chainModel('InputLayer');
    show(model, <Palette />);
  });

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('shows every layer of Keras once, in the groups of Keras', () => {
    const { entries } = model.catalog.value;
    expect(classes()).toEqual(expect.arrayContaining(entries.map(classLabel)));
    expect(new Set(classes()).size).toBe(entries.length);
    expect(screen.getByText('Convolution layers').tagName).toBe('SPAN');
  });

  it('finds layers by what they are called', () => {
    fireEvent.change(screen.getByRole('searchbox'), {
      target: { value: 'conv2d' }
    });
    expect(classes()).toContain('Conv2DTranspose');
    expect(classes()).not.toContain('Dense');
  });

  it('says when nothing is found', () => {
    fireEvent.change(screen.getByRole('searchbox'), {
      target: { value: '<b>zz' }
    });
    expect(screen.getByRole('status').textContent).toContain('<b>zz');
  });

  it('puts the layer between the selected one and the one that follows it', () => {
    model.dispose();
    cleanup();
    model = chainModel('InputLayer', 'Dense', 'Flatten');
    show(model, <Palette />);
    for (const layer of ['ReLU', 'Softmax']) {
      model.selection.select(['dense:0']);
      fireEvent.keyDown(palette(layer), { key: 'Enter' });
    }
    const { edges, outputs } = model.document.graph;
    expect(
      edges.map(({ source, target }) => `${source}>${target}`).sort()
    ).toEqual([
      'dense:0>softmax:0',
      'input_layer:0>dense:0',
      're_lu:0>flatten:0',
      'softmax:0>re_lu:0'
    ]);
    expect(outputs).toHaveLength(1);
  });

  it('adds the layer with Enter, after the selected node, and selects it', () => {
    model.selection.select(['input_layer:0']);
    fireEvent.keyDown(palette('Dense'), { key: 'Enter' });
    expect(nodes()).toEqual(['input_layer:0', 'dense:0']);
    expect(model.document.graph.edges[0]).toMatchObject({
      source: 'input_layer:0',
      target: 'dense:0'
    });
    expect([...model.selection.value]).toEqual(['dense:0']);
  });

  it('adds the first layer that is found with Enter in the search', () => {
    const search = screen.getByRole('searchbox');
    fireEvent.change(search, { target: { value: 'flatten' } });
    fireEvent.keyDown(search, { key: 'Enter' });
    expect(nodes()).toEqual(['input_layer:0', 'flatten:0']);
  });

  it('greys a layer that cannot be dropped, and says why', () => {
    const lambda = palette('Lambda');
    expect(lambda.getAttribute('aria-disabled')).toBe('true');
    expect(lambda.draggable).toBe(false);
    expect(lambda.textContent).toContain('Python code');
    fireEvent.doubleClick(lambda);
    fireEvent.keyDown(lambda, { key: 'Enter' });
    expect(nodes()).toEqual(['input_layer:0']);
  });

  it('hands the class name to where the layer is dropped', () => {
    const data = new Map<string, string>();
    fireEvent.dragStart(palette('LSTM'), {
      dataTransfer: {
        setData: (type: string, value: string) => data.set(type, value)
      }
    });
    expect([...data]).toEqual([[LAYER_MIME_TYPE, 'LSTM']]);
  });

  it('is walked through with the arrow keys', () => {
    const search = screen.getByRole('searchbox');
    fireEvent.change(search, { target: { value: 'dropout' } });
    search.focus();
    fireEvent.keyDown(search, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(palette('Dropout'));
    fireEvent.keyDown(palette('Dropout'), { key: 'ArrowUp' });
    expect(document.activeElement).toBe(search);
  });
});
