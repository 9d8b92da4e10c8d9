import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import * as React from 'react';
import { act } from 'react';
import type { EditorModel } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { blankModel, chainModel } from '../../__tests__/models';
import { CATALOG } from '../../training/__tests__/editor';
import { ArgumentsForm } from '../ArgumentsForm';
import { Inspector } from '../../Inspector';

function argument(name: string): HTMLElement {
  return document.querySelector<HTMLElement>(`[data-argument="${name}"]`)!;
}

function control(name: string): HTMLInputElement & HTMLSelectElement {
  return argument(name).querySelector('input, select, textarea')!;
}

function write(name: string, value: string): void {
  fireEvent.change(control(name), { target: { value } });
  fireEvent.blur(control(name));
}

/** Chooses the option that a person reads as `text`. */
function choose(name: string, text: string): void {
  const option = within(control(name)).getByText<HTMLOptionElement>(text);
  fireEvent.change(control(name), { target: { value: option.value } });
}

describe('the form of a layer', () => {
  let model: EditorModel;
  const config = () => model.document.graph.nodes[1].config;
  const steps = () => model.document.undoManager.undoStack.length;

  const open = (layer: string) => {
    model = chainModel('InputLayer', layer);
    model.selection.select([model.document.graph.nodes[1].id]);
    show(model, <Inspector />);
  };

  beforeEach(standInForBrowser);

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it.each(CATALOG.groups().map(({ group, entries }) => [group, entries]))(
    'has a control for every argument: %s',
    (_, entries) => {
      model = blankModel();
      for (const item of entries) {
        const onChange = jest.fn();
        const values = { name: 'layer' };
        show(
          model,
          <ArgumentsForm entry={item} values={values} onChange={onChange} />
        );
        const names = Object.keys(item.schema.properties);
        expect(names.filter(name => !control(name))).toEqual([]);
        expect(onChange).not.toHaveBeenCalled();
        cleanup();
      }
    }
  );

  it('writes nothing by being looked at', () => {
    open('Conv2D');
    expect(config()).toEqual({ name: 'conv2d' });
    expect(steps()).toBe(0);
  });

  it('writes a number in one step of undo', () => {
    open('Dense');
    write('units', '64');
    expect(config().units).toBe(64);
    expect(steps()).toBe(1);
    act(() => model.document.undo());
    expect(config()).toEqual({ name: 'dense' });
    expect(control('units').value).toBe('');
  });

  it('shows what cannot be read, says why, and keeps what it had', () => {
    open('Dense');
    write('units', '64');
    write('units', 'many');
    expect(control('units').value).toBe('many');
    expect(argument('units').textContent).toContain('received: many');
    expect(config().units).toBe(64);
    expect(steps()).toBe(1);
  });

  it('marks an argument that the layer needs', () => {
    open('Dense');
    expect(argument('units').dataset.missing).toBe('true');
    write('units', '10');
    expect(argument('units').dataset.missing).toBeUndefined();
  });

  it('goes back to the default of Keras where the text is deleted', () => {
    open('Conv2D');
    write('strides', '2, 2');
    expect(config().strides).toEqual([2, 2]);
    write('strides', '');
    expect(config()).toEqual({ name: 'conv2d' });
    expect(control('strides').placeholder).toBe('1, 1');
  });

  it('offers choices, with the default chosen', () => {
    open('Conv2D');
    expect(control('padding').selectedOptions[0].text).toBe('valid');
    choose('padding', 'same');
    choose('activation', 'relu');
    expect(config()).toMatchObject({ padding: 'same', activation: 'relu' });
  });

  it('has a switch for what is true or false', () => {
    open('Dense');
    fireEvent.click(control('use_bias'));
    expect(config().use_bias).toBe(false);
  });

  it('writes an initializer as Keras does, with its own arguments', () => {
    open('Dense');
    choose('kernel_initializer', 'RandomNormal');
    write('stddev', '0.02');
    expect(config().kernel_initializer).toEqual({
      module: 'keras.initializers',
      class_name: 'RandomNormal',
      config: { stddev: 0.02 },
      registered_name: null
    });
    expect(steps()).toBe(2);
  });

  it('shows an initializer that is written as a name', () => {
    open('Dense');
    act(() =>
      model.document.setArguments('dense', { kernel_initializer: 'he_normal' })
    );
    expect(control('kernel_initializer').value).toBe('HeNormal');
  });

  it('keeps a value that it does not know', () => {
    open('Dense');
    act(() =>
      model.document.setArguments('dense', { activation: 'my_package>gelu2' })
    );
    expect(control('activation').selectedOptions[0].text).toBe(
      'my_package>gelu2'
    );
    write('units', '3');
    expect(config().activation).toBe('my_package>gelu2');
  });

  it('keeps its keys from what is around it, but for shortcuts such as saving', () => {
    open('Dense');
    const outside = jest.fn();
    document.body.addEventListener('keydown', outside);
    fireEvent.keyDown(control('units'), { key: 'Delete' });
    expect(outside).not.toHaveBeenCalled();
    fireEvent.keyDown(control('units'), { key: 's', ctrlKey: true });
    expect(outside).toHaveBeenCalledTimes(1);
    document.body.removeEventListener('keydown', outside);
    expect(model.document.graph.nodes).toHaveLength(2);
  });

  it('renames the layer, and says when the name is taken', () => {
    open('Dense');
    const name = screen.getByLabelText<HTMLInputElement>('name');
    fireEvent.change(name, { target: { value: 'hidden' } });
    fireEvent.keyDown(name, { key: 'Enter' });
    expect(model.document.graph.nodes[1].id).toBe('hidden:0');
    expect([...model.selection.value]).toEqual(['hidden:0']);
    expect(screen.getByLabelText('name')).toBe(name);
    fireEvent.change(name, { target: { value: 'input_layer' } });
    fireEvent.keyDown(name, { key: 'Enter' });
    expect(name.value).toBe('input_layer');
    expect(name.getAttribute('aria-invalid')).toBe('true');
    expect(model.document.graph.nodes[1].id).toBe('hidden:0');
  });

  it('shows the config of a class that the catalogue lacks, as text', () => {
    model = blankModel();
    const source = model.document.getSource();
    const json = JSON.parse(source);
    json.config.layers = [
      {
        module: 'builtins',
        class_name: 'Mine',
        config: { name: 'mine', text: '<img src=x>' },
        registered_name: 'my_package>Mine',
        name: 'mine',
        inbound_nodes: []
      }
    ];
    model.document.setSource(JSON.stringify(json));
    model.selection.select(['mine:0']);
    show(model, <Inspector />);
    expect(screen.getByText(/my_package>Mine/)).toBeTruthy();
    expect(document.querySelector('pre')!.textContent).toContain('<img src=x>');
    expect(document.querySelector('img')).toBeNull();
  });
});
