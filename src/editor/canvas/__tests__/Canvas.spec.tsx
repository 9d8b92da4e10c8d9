import {
  act,
  cleanup,
  createEvent,
  fireEvent,
  waitFor
} from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { HOST, show, standInForBrowser } from '../../__tests__/host';
import {
  analysisKernel,
  attach,
  chainModel,
  entry,
  fine,
  kerasError
} from '../../__tests__/models';
import { LAYER_MIME_TYPE } from '../../drawing/dragdrop';
import { CARD } from '../../layout';
import { Canvas } from '../Canvas';

const canvas = () =>
  document.querySelector<HTMLElement>('.jp-kerasviz-Canvas')!;
const flowNode = (id: string) =>
  document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)!;
const edge = () => document.querySelector<HTMLElement>('.react-flow__edge');
const card = (id: string) =>
  flowNode(id).querySelector<HTMLElement>('.jp-kerasviz-LayerNode')!;
const text = (id: string, part: string) =>
  card(id).querySelector(`.jp-kerasviz-LayerNode-${part}`)?.textContent;
/** Where the view is: React Flow may or may not have fitted it to the model by now. */
const viewport = () => {
  const style = document.querySelector<HTMLElement>('.react-flow__viewport')!;
  const [x, y, zoom] = style.style.transform.match(/-?[\d.]+/g)!.map(Number);
  return { x, y, zoom };
};

describe('Canvas', () => {
  let model: EditorModel;
  const nodes = () => model.document.graph.nodes.map(node => node.id);
  const steps = () => model.document.undoManager.undoStack.length;

  const draw = async (...layers: string[]) => {
    model = chainModel(...layers);
    show(model, <Canvas />);
    await waitFor(() => expect(model.layout.value.size).toBe(layers.length));
  };

  beforeAll(standInForBrowser);
  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('invites to draw where there is nothing', async () => {
    await draw();
    expect(canvas().textContent).toContain('Drag a layer from the palette');
  });

  it('shows a card for each call of a layer', async () => {
    await draw('InputLayer', 'Dense');
    expect(card('dense:0').dataset.layer).toBe('dense');
    expect(card('dense:0').dataset.family).toBe('core');
    expect(text('dense:0', 'name')).toBe('dense');
    expect(text('dense:0', 'class')).toBe('Dense');
    expect(text('dense:0', 'missing')).toBe('Set units');
    expect(text('dense:0', 'shape')).toBe('');
  });

  it('shows what the kernel knows: shapes, parameters, errors, and who waits', async () => {
    await draw('InputLayer', 'Conv2D', 'Dense', 'Dense');
    const kernel = analysisKernel({
      'input_layer:0': fine({ shapes: [[null, 28, 28, 1]] }),
      'conv2d:0': fine({ shapes: [[null, 26, 26, 32]], params: 1320 }),
      'dense:0': fine({ shapes: [], error: kerasError() }),
      'dense_1:0': fine({ shapes: [], waiting: true })
    });
    await attach(model, kernel);
    expect(text('conv2d:0', 'shape')).toBe('(None, 26, 26, 32)');
    expect(text('conv2d:0', 'params')).toBe('1,320');
    const alert = card('dense:0').querySelector('[role="alert"]')!;
    expect(alert.textContent).toContain('Dense needs a flat input.');
    expect(alert.querySelector('details')!.textContent).toContain(
      'expected min_ndim=2'
    );
    expect(text('dense_1:0', 'waiting')).toBe('waiting');
    expect(card('conv2d:0').querySelector('[role="alert"]')).toBeNull();
  });

  it('shows which layers have trained weights', async () => {
    await draw('InputLayer', 'Dense', 'Dense');
    const origin = (id: string) =>
      card(id).querySelector<HTMLElement>('.jp-kerasviz-LayerNode-weights')
        ?.dataset.origin;
    expect(origin('dense:0')).toBeUndefined();
    await act(async () =>
      model.weights.set({
        layers: { dense: 'trained', dense_1: 'fresh' },
        rounded: {},
        because: ['dense_1'],
        sentence: null
      })
    );
    expect(['input_layer:0', 'dense:0', 'dense_1:0'].map(origin)).toEqual([
      undefined,
      'trained',
      'fresh'
    ]);
  });

  it('names a class that nobody knows by its package, until it is known', async () => {
    await draw('InputLayer', 'Dense');
    const json = JSON.parse(model.document.getSource());
    Object.assign(json.config.layers[1], {
      module: 'mine',
      class_name: 'Gain',
      registered_name: 'my_package>Gain'
    });
    act(() => model.document.replace(json));
    expect(text('dense:0', 'class')).toBe('unknown: my_package>Gain');
    const gain = {
      ...entry('Dense'),
      class_name: 'Gain',
      registered_name: 'my_package>Gain'
    };
    const { catalog } = model.catalog.value;
    const layers = [...catalog.layers, gain];
    const known = { ...catalog, hash: 'other', layers };
    const nodes = { 'dense:0': fine() };
    const kernel = analysisKernel(nodes, [], json => json, known);
    await attach(model, kernel);
    await act(async () => kernel.tell('catalog', { hash: 'other' }));
    await waitFor(() => expect(text('dense:0', 'class')).toBe('Gain'));
  });

  it('marks the calls of a shared layer, and lights them up together', async () => {
    await draw('InputLayer', 'Dense');
    act(() => void model.document.callAgain('dense:0'));
    await waitFor(() => expect(card('dense:1')).not.toBeNull());
    const mark = (id: string) =>
      card(id).querySelector<HTMLElement>('.jp-kerasviz-LinkMark')!;
    expect(mark('dense:0').textContent).toBe('call 1 of 2');
    expect(mark('dense:1').textContent).toBe('call 2 of 2');
    expect(mark('dense:1').dataset.active).toBeUndefined();
    act(() => model.selection.select(['dense:0']));
    expect(mark('dense:1').dataset.active).toBe('true');
    act(() => model.selection.select([]));
    fireEvent.mouseEnter(flowNode('dense:0'));
    expect(mark('dense:1').dataset.active).toBe('true');
    fireEvent.mouseLeave(flowNode('dense:0'));
    expect(mark('dense:1').dataset.active).toBeUndefined();
    expect(card('input_layer:0').querySelector('.jp-kerasviz-LinkMark')).toBe(
      null
    );
  });

  it('marks the layer of a mistake that Keras lets pass', async () => {
    await draw('InputLayer', 'Dense');
    const message = 'There are 10 classes, and 9 units.';
    const advice = kerasError({ code: 'classes', layer: 'dense', message });
    await attach(model, analysisKernel({ 'dense:0': fine() }, [advice]));
    expect(card('dense:0').dataset.advice).toBe(message);
    expect(card('input_layer:0').dataset.advice).toBeUndefined();
    const mark = card('dense:0').querySelector('button')!;
    expect(mark.getAttribute('aria-label')).toBe('Advice for dense');
    expect(mark.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(mark);
    expect(mark.getAttribute('aria-expanded')).toBe('true');
    const body = document.getElementById(mark.getAttribute('aria-controls')!)!;
    expect(body.textContent).toContain(message);
    fireEvent.keyDown(body, { key: 'Escape' });
    expect(body.hidden).toBe(true);
    expect(document.activeElement).toBe(mark);
  });

  it('has a port for each tensor that a layer gives', async () => {
    await draw('InputLayer', 'LSTM');
    const kernel = analysisKernel({
      'lstm:0': fine({
        shapes: [
          [null, 8],
          [null, 8],
          [null, 8]
        ]
      })
    });
    await attach(model, kernel);
    expect(card('lstm:0').querySelectorAll('.source')).toHaveLength(3);
  });

  it('shows names and messages as text, whatever they hold', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    await draw('InputLayer', 'Dense');
    await act(async () => {
      model.document.rename('dense', hostile);
    });
    const error = kerasError({ message: hostile, detail: hostile });
    await attach(
      model,
      analysisKernel({
        [`${hostile}:0`]: fine({ error })
      })
    );
    expect(canvas().querySelector('img')).toBeNull();
    expect(
      canvas().querySelector('.jp-kerasviz-LayerNode-error')!.textContent
    ).toContain(hostile);
    expect(
      [...canvas().querySelectorAll('.jp-kerasviz-LayerNode-name')].map(
        name => name.textContent
      )
    ).toContain(hostile);
  });

  it('puts a dropped layer where the mouse is, in one step of undo', async () => {
    await draw('InputLayer');
    const before = model.document.getSource();
    const view = viewport();
    const dataTransfer = {
      types: [LAYER_MIME_TYPE],
      getData: (type: string) => (type === LAYER_MIME_TYPE ? 'Flatten' : '')
    };
    fireEvent.dragOver(canvas(), { dataTransfer });
    const drop = createEvent.drop(canvas(), { dataTransfer });
    Object.assign(drop, { clientX: 300, clientY: 200 });
    await act(async () => {
      fireEvent(canvas(), drop);
    });
    expect(nodes()).toEqual(['input_layer:0', 'flatten:0']);
    expect([...model.selection.value]).toEqual(['flatten:0']);
    expect(model.document.model!.kerasviz!.positions).toEqual({
      'input_layer:0': model.layout.value.get('input_layer:0'),
      'flatten:0': [
        Math.round((300 - view.x) / view.zoom - CARD.width / 2),
        Math.round((200 - view.y) / view.zoom - CARD.height / 2)
      ]
    });
    await act(async () => model.document.undo());
    expect(model.document.getSource()).toBe(before);
  });

  it('takes nothing but layers', async () => {
    await draw('InputLayer');
    const dataTransfer = { types: ['text/plain'], getData: () => 'Dense' };
    expect(fireEvent.dragOver(canvas(), { dataTransfer })).toBe(true);
  });

  it('removes what is selected with Delete, and heals the chain', async () => {
    await draw('InputLayer', 'Dropout', 'Dense');
    await act(async () => model.selection.select(['dropout:0']));
    await act(async () => {
      fireEvent.keyDown(flowNode('dropout:0'), { key: 'Delete' });
    });
    expect(nodes()).toEqual(['input_layer:0', 'dense:0']);
    expect(model.document.graph.edges).toHaveLength(1);
    expect(steps()).toBe(1);
  });

  it('keeps the focus when undo removes the layer that has it', async () => {
    await draw('InputLayer', 'Dense');
    await act(async () => model.selection.select(['dense:0']));
    await act(async () => {
      fireEvent.keyDown(flowNode('dense:0'), { key: 'd', ctrlKey: true });
    });
    await waitFor(() =>
      expect(document.activeElement).toBe(flowNode('dense_1:0'))
    );
    await act(async () => model.document.undo());
    await waitFor(() => expect(document.activeElement).toBe(canvas()));
  });

  it('leaves the focus where it is when something else is removed', async () => {
    await draw('InputLayer', 'Dense');
    const field = document.body.appendChild(document.createElement('input'));
    flowNode('dense:0').focus();
    field.focus();
    await act(async () => model.document.undo());
    expect(document.activeElement).toBe(field);
    field.remove();
  });

  it('has the words of React Flow in the language of the page', async () => {
    const mark = (text: string) => `⟦${text}⟧`;
    const trans = { ...HOST.trans, __: mark };
    model = chainModel('InputLayer', 'Dense');
    show(model, <Canvas />, { ...HOST, trans });
    await waitFor(() => expect(edge()).not.toBeNull());
    const said = ['title', 'aria-label', 'aria-roledescription'].flatMap(name =>
      [...canvas().querySelectorAll(`.react-flow [${name}]`)]
        .filter(element => !element.closest('.jp-kerasviz-LayerNode'))
        .map(element => element.getAttribute(name)!)
    );
    const names = nodes().map(id => flowNode(id).getAttribute('aria-label'));
    const english = said.filter(
      text => text && !names.includes(text) && !/^⟦.*⟧$/.test(text)
    );
    expect(english).toEqual([]);
    expect(said.length).toBeGreaterThan(8);
  });

  it('selects a line with Enter, and removes it', async () => {
    await draw('InputLayer', 'Dense');
    await waitFor(() => expect(edge()).not.toBeNull());
    expect(edge()!.getAttribute('aria-label')).toBe(
      'From input_layer to dense'
    );
    fireEvent.keyDown(edge()!, { key: 'Enter' });
    expect([...model.selection.value]).toEqual([edge()!.dataset.id]);
    fireEvent.keyDown(edge()!, { key: 'Delete' });
    expect(model.document.graph.edges).toEqual([]);
    expect(nodes()).toHaveLength(2);
  });

  it('leaves Ctrl+Enter, which trains, to the editor', async () => {
    await draw('InputLayer', 'Dense');
    const key = { key: 'Enter', ctrlKey: true };
    expect(fireEvent.keyDown(flowNode('dense:0'), key)).toBe(true);
    expect(model.selection.value.size).toBe(0);
  });

  it('leaves alone what is deleted elsewhere on the page', async () => {
    await draw('InputLayer');
    await act(async () => model.selection.select(['input_layer:0']));
    fireEvent.keyDown(document.body, { key: 'Delete' });
    expect(nodes()).toEqual(['input_layer:0']);
  });

  it('goes from node to node with the arrow keys', async () => {
    await draw('InputLayer', 'Dense');
    await act(async () => model.selection.select(['input_layer:0']));
    await act(async () => {
      fireEvent.keyDown(flowNode('input_layer:0'), { key: 'ArrowDown' });
    });
    expect([...model.selection.value]).toEqual(['dense:0']);
    await waitFor(() =>
      expect(document.activeElement).toBe(flowNode('dense:0'))
    );
  });

  it('moves nodes with Shift and an arrow', async () => {
    await draw('InputLayer', 'Dense');
    const [x, y] = model.layout.value.get('dense:0')!;
    await act(async () => model.selection.select(['dense:0']));
    await act(async () => {
      fireEvent.keyDown(flowNode('dense:0'), {
        key: 'ArrowRight',
        shiftKey: true
      });
    });
    expect(model.document.model!.kerasviz!.positions!['dense:0']).toEqual([
      x + 20,
      y
    ]);
  });

  it('selects all, and nothing, and copies what is selected', async () => {
    await draw('InputLayer', 'Dense');
    await act(async () => {
      fireEvent.keyDown(canvas(), { key: 'a', ctrlKey: true });
    });
    expect([...model.selection.value]).toEqual(['input_layer:0', 'dense:0']);
    await act(async () => {
      fireEvent.keyDown(canvas(), { key: 'Escape' });
    });
    expect(model.selection.value.size).toBe(0);
    await act(async () => model.selection.select(['dense:0']));
    await act(async () => {
      fireEvent.keyDown(canvas(), { key: 'd', ctrlKey: true });
    });
    expect(nodes()).toHaveLength(3);
  });
});
