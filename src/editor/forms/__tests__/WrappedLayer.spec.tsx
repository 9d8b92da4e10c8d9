import { act, cleanup, fireEvent, within } from '@testing-library/react';
import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { show } from '../../__tests__/host';
import { chainModel } from '../../__tests__/models';
import { Inspector } from '../../Inspector';

describe('the form of a layer with layers inside', () => {
  let model: EditorModel;
  const node = () => model.document.graph.nodes[1];
  const config = () => node().config;
  const steps = () => model.document.undoManager.undoStack.length;

  const open = (layer: string, values: JSONObject = {}) => {
    model = chainModel('InputLayer', layer);
    const { id, layer: name } = model.document.graph.nodes[1];
    model.document.setArguments(name, values);
    model.document.clearUndoHistory();
    model.selection.select([id]);
    show(model, <Inspector />);
  };

  /** The control of an argument: that of `layer.units` is inside that of `layer`. */
  const control = (path: string): HTMLElement => {
    let at: HTMLElement = document.body;
    for (const name of path.split('.')) {
      at = at.querySelector<HTMLElement>(
        /^\d+$/.test(name)
          ? `[data-item="${name}"]`
          : `[data-argument="${name}"]`
      )!;
    }
    return at.querySelector('select, input, textarea')!;
  };
  const options = (path: string) =>
    within(control(path))
      .getAllByRole('option')
      .map(option => option.textContent);
  const choose = (path: string, text: string) => {
    const option = within(control(path)).getByText<HTMLOptionElement>(text);
    fireEvent.change(control(path), { target: { value: option.value } });
  };
  const write = (path: string, value: string) => {
    fireEvent.change(control(path), { target: { value } });
    fireEvent.blur(control(path));
  };

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('chooses the layer inside and sets it, each in one step of undo', () => {
    open('Bidirectional');
    choose('layer', 'LSTM');
    write('layer.units', '8');
    expect(config().layer).toEqual({
      module: 'keras.layers',
      class_name: 'LSTM',
      config: { name: 'lstm', units: 8 },
      registered_name: null
    });
    expect(steps()).toBe(2);
    act(() => model.document.undo());
    expect(config().layer).toMatchObject({ config: { name: 'lstm' } });
    act(() => model.document.undo());
    expect(config()).toEqual({ name: 'bidirectional' });
  });

  it('offers what fits: layers that run over time, cells, or any layer of one tensor', () => {
    open('Bidirectional');
    expect(options('layer')).toEqual(
      expect.arrayContaining(['GRU', 'LSTM', 'RNN', 'ConvLSTM2D'])
    );
    expect(options('layer')).not.toContain('Dense');
    cleanup();
    open('RNN');
    expect(options('cell').sort()).toEqual([
      'Choose…',
      'GRUCell',
      'LSTMCell',
      'SimpleRNNCell',
      'StackedRNNCells'
    ]);
    cleanup();
    open('TimeDistributed');
    expect(options('layer')).toEqual(
      expect.arrayContaining(['Dense', 'Bidirectional', 'Dropout'])
    );
    for (const unfit of ['Add', 'InputLayer', 'LSTMCell', 'Lambda']) {
      expect(options('layer')).not.toContain(unfit);
    }
  });

  it('goes as deep as the layers do', () => {
    open('TimeDistributed');
    choose('layer', 'Bidirectional');
    choose('layer.layer', 'RNN');
    choose('layer.layer.cell', 'GRUCell');
    write('layer.layer.cell.units', '5');
    expect(config()).toMatchObject({
      layer: {
        class_name: 'Bidirectional',
        config: {
          layer: {
            class_name: 'RNN',
            config: {
              cell: { class_name: 'GRUCell', config: { units: 5 } }
            }
          }
        }
      }
    });
  });

  it('keeps what both classes know where another is chosen', () => {
    open('Bidirectional');
    choose('layer', 'LSTM');
    write('layer.units', '8');
    choose('layer', 'GRU');
    expect(config().layer).toMatchObject({
      class_name: 'GRU',
      config: { name: 'gru', units: 8 }
    });
  });

  it('adds, moves and takes out cells', () => {
    open('RNN');
    choose('cell', 'StackedRNNCells');
    const cells = () =>
      (config().cell as { config: { cells: { config: JSONObject }[] } }).config
        .cells;
    const add = () =>
      document.querySelector<HTMLSelectElement>(
        '.jp-kerasviz-Objects > select'
      )!;
    fireEvent.change(add(), { target: { value: 'LSTMCell' } });
    fireEvent.change(add(), { target: { value: 'LSTMCell' } });
    fireEvent.change(add(), { target: { value: 'GRUCell' } });
    const names = () => cells().map(cell => cell.config.name);
    expect(names()).toEqual(['lstm_cell', 'lstm_cell_1', 'gru_cell']);
    write('cell.cells.1.units', '4');
    const press = (label: string) =>
      fireEvent.click(document.querySelector(`[aria-label="${label}"]`)!);
    press('Move up: gru_cell');
    expect(names()).toEqual(['lstm_cell', 'gru_cell', 'lstm_cell_1']);
    press('Remove: lstm_cell');
    expect(names()).toEqual(['gru_cell', 'lstm_cell_1']);
    expect(cells()[1].config.units).toBe(4);
    expect(steps()).toBe(7);
  });

  it('keeps what was set before in the same layer inside', () => {
    open('Bidirectional');
    choose('layer', 'LSTM');
    write('layer.units', '8');
    write('layer.dropout', '0.5');
    write('layer.name', 'forward');
    expect(config().layer).toMatchObject({
      config: { name: 'forward', units: 8, dropout: 0.5 }
    });
  });

  it('keeps what it does not know of the layer inside', () => {
    const inside = {
      module: 'keras.layers',
      class_name: 'LSTM',
      config: { name: 'forward_lstm', units: 3, future: [1] },
      registered_name: null,
      shared_object_id: 7
    };
    open('TimeDistributed', { layer: inside });
    write('layer.units', '6');
    expect(config().layer).toEqual({
      ...inside,
      config: { ...inside.config, units: 6 }
    });
  });

  it('lets Keras make the backward layer again if it was made after the forward one', () => {
    const lstm = (name: string, values: JSONObject) => ({
      module: 'keras.layers',
      class_name: 'LSTM',
      config: { name, units: 3, ...values },
      registered_name: null
    });
    const forward = lstm('forward_lstm', { go_backwards: false });
    const backward = lstm('backward_lstm', { go_backwards: true });
    open('Bidirectional', { layer: forward, backward_layer: backward });
    write('layer.units', '6');
    expect(config()).not.toHaveProperty('backward_layer');
    act(() => model.document.undo());
    const other = lstm('backward_lstm', { go_backwards: true, dropout: 0.5 });
    act(() =>
      model.document.setArguments(node().layer, { backward_layer: other })
    );
    write('layer.units', '7');
    expect(config().backward_layer).toEqual(other);
  });

  it('shows the config of a class that the catalogue lacks as JSON', () => {
    const mine = {
      module: 'my_package',
      class_name: 'Mine',
      config: { name: 'mine', size: 1 },
      registered_name: 'my_package>Mine'
    };
    open('TimeDistributed', { layer: mine });
    const field = document.querySelector('textarea')!;
    fireEvent.change(field, { target: { value: '{"size": 2}' } });
    fireEvent.blur(field);
    expect(config().layer).toEqual({ ...mine, config: { size: 2 } });
  });

  it('opens the arguments of an activation that has some', () => {
    open('Dense');
    choose('activation', 'LeakyReLU');
    write('activation.negative_slope', '0.1');
    expect(config().activation).toMatchObject({
      class_name: 'LeakyReLU',
      config: { negative_slope: 0.1 }
    });
    choose('activation', 'relu');
    expect(config().activation).toBe('relu');
  });

  it('chooses a dtype policy, and shows one by its name', () => {
    open('Dense', {
      dtype: {
        module: 'keras.dtype_policies',
        class_name: 'QuantizedDTypePolicy',
        config: { mode: 'int8', source_name: 'float32' },
        registered_name: null
      }
    });
    const shown = control('dtype') as HTMLSelectElement;
    expect(shown.selectedOptions[0].text).toBe('int8_from_float32');
    choose('dtype', 'mixed_bfloat16');
    expect(config().dtype).toBe('mixed_bfloat16');
    choose('dtype', 'None');
    expect(config().dtype).toBeNull();
  });
});
