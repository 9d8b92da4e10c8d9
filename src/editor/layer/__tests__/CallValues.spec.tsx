import {
  act,
  cleanup,
  fireEvent,
  screen,
  within
} from '@testing-library/react';
import * as React from 'react';
import { EditorModel } from '../../../core';
import { open, source } from '../../../core/__tests__/fixtures';
import { show } from '../../__tests__/host';
import { chainModel } from '../../__tests__/models';
import { CATALOG } from '../../training/__tests__/editor';
import { Inspector } from '../../Inspector';

describe('CallValues', () => {
  let model: EditorModel;
  const inspect = (text: string, node: string) => {
    const document = open(text);
    model = new EditorModel({ document, catalog: CATALOG, path: '' });
    model.selection.select([node]);
    show(model, <Inspector />);
  };
  const values = (node: string) => model.document.graph.byId.get(node)!.values;

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  const choose = (label: string, option: string) => {
    const select = screen.getByLabelText<HTMLSelectElement>(label);
    const { value } = within(select).getByText<HTMLOptionElement>(option);
    fireEvent.change(select, { target: { value } });
  };

  it('offers what the call takes besides tensors, and leaves no trace of what is not set', () => {
    inspect(source('mlp'), 'dense:0');
    choose('training', 'True');
    expect(values('dense:0')).toEqual([['training', true]]);
    choose('training', 'None');
    expect(JSON.parse(model.document.getSource())).toEqual(
      JSON.parse(source('mlp'))
    );
  });

  it('shows what the call has', () => {
    const text = source('mlp').replace(
      '"kwargs": {}',
      '"kwargs": {"training": false}'
    );
    inspect(text, 'dense:0');
    const select = screen.getByLabelText<HTMLSelectElement>('training');
    expect(select.selectedOptions[0].text).toBe('False');
    expect(select.closest('details')!.open).toBe(true);
  });

  it('switches what is a yes or no of the layer', () => {
    model = chainModel('InputLayer', 'Attention');
    model.selection.select(['attention:0']);
    show(model, <Inspector />);
    const flag = () => screen.getByLabelText('return_attention_scores');
    fireEvent.click(flag());
    expect(values('attention:0')).toEqual([['return_attention_scores', true]]);
    fireEvent.click(flag());
    expect(values('attention:0')).toEqual([]);
  });

  it('takes any JSON for another value, and says what it can not take', () => {
    inspect(source('nested'), 'add:0');
    const field = screen.getByLabelText<HTMLInputElement>('x2');
    fireEvent.change(field, { target: { value: '2.5' } });
    fireEvent.blur(field);
    expect(values('add:0')).toEqual([['1', 2.5]]);
    fireEvent.change(field, { target: { value: 'x' } });
    fireEvent.blur(field);
    expect(screen.getByText(/Expected JSON/)).toBeTruthy();
    expect(values('add:0')).toEqual([['1', 2.5]]);
  });

  it('takes a number for an operand of an operation, where no tensor goes', () => {
    inspect(source('mlp'), 'pixels:0');
    const { document } = model;
    const entry = CATALOG.layer('Multiply', 'Multiply')!;
    const node = 'multiply:0';
    act(() => {
      document.addLayer({ entry, after: 'pixels:0' });
      model.selection.select([node]);
    });
    const field = screen.getByLabelText<HTMLInputElement>('x2');
    fireEvent.change(field, { target: { value: '2' } });
    fireEvent.blur(field);
    expect(values(node)).toEqual([['x2', 2]]);
    act(() => {
      document.undo();
      document.connect({ node: 'dense:0', tensor: 0 }, { node, port: '1' });
    });
    expect(screen.queryByLabelText('x2')).toBeNull();
  });

  it('asks for the index of a slice, takes it as Python has it, and says what it can not take', () => {
    inspect(source('mlp'), 'pixels:0');
    const { document } = model;
    act(() => {
      const entry = CATALOG.layer('GetItem', 'GetItem')!;
      model.selection.select([document.addLayer({ entry })]);
    });
    const set = (text: string) => {
      const field = screen.getByLabelText<HTMLInputElement>(/^key/);
      fireEvent.change(field, { target: { value: text } });
      fireEvent.blur(field);
      return field.value;
    };
    expect(screen.getByText('Required.')).toBeTruthy();
    set(':, slice');
    expect(screen.getByText(/Expected an index as in Python/)).toBeTruthy();
    expect(values('get_item:0')).toEqual([]);
    expect(set('[ :,0 ]')).toBe(':, 0');
    const whole = {
      class_name: '__slice__',
      config: { start: null, stop: null, step: null }
    };
    expect(values('get_item:0')).toEqual([['1', [whole, 0]]]);
    act(() => document.undo());
    expect(set(':, 0')).toBe(':, 0');
  });

  it('gives a mask a port, which is no part of the model until a tensor goes in', () => {
    model = chainModel('InputLayer', 'LSTM', 'InputLayer');
    const { document } = model;
    const node = 'lstm:0';
    model.selection.select([node]);
    show(model, <Inspector />);
    const before = document.getSource();
    const flag = () => screen.getByLabelText<HTMLInputElement>('port: mask');
    expect(flag().checked).toBe(false);
    fireEvent.click(flag());
    expect(flag().checked).toBe(true);
    expect(document.openPorts.get(node)).toEqual(['mask']);
    expect(document.getSource()).toBe(before);
    act(() => {
      const source = { node: 'input_layer_1:0', tensor: 0 };
      document.connect(source, { node, port: 'mask' });
    });
    expect(flag().disabled).toBe(true);
    const [{ kwargs }] = document.model!.config.layers[1].inbound_nodes!;
    expect(Object.keys(kwargs)).toEqual(['mask']);
    act(() => document.undo());
    expect(flag().disabled).toBe(false);
    fireEvent.click(flag());
    expect(flag().checked).toBe(false);
  });

  it('is not there where the call takes tensors alone, or there is no call yet', () => {
    inspect(source('mlp'), 'pixels:0');
    expect(screen.queryByText('Arguments of this call')).toBeNull();
    cleanup();
    const node = model.document.addLayer({ entry: CATALOG.layer('Dense')! });
    model.selection.select([node]);
    show(model, <Inspector />);
    expect(screen.queryByText('Arguments of this call')).toBeNull();
  });
});
