import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../core';
import { show, standInForBrowser } from './host';
import { analysisKernel, attach, chainModel, fine, kerasError } from './models';
import { Inspector } from '../Inspector';

const IN_TABLE = { selector: 'table *' };

describe('Inspector', () => {
  let model: EditorModel;

  beforeEach(() => {
    standInForBrowser();
    model = chainModel('InputLayer', 'Dense');
    show(model, <Inspector />);
  });

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  const tab = (name: string) => screen.getByRole('tab', { name });

  it('asks for a layer to be selected', () => {
    expect(screen.getByRole('tabpanel').textContent).toContain(
      'Select a layer'
    );
  });

  it('shows the form of a layer as soon as it is selected elsewhere', () => {
    fireEvent.click(tab('Model'));
    act(() => model.selection.select(['dense:0']));
    expect(tab('Layer').getAttribute('aria-selected')).toBe('true');
    expect(screen.getByRole('heading', { name: 'Dense' })).toBeTruthy();
  });

  it('changes tabs with the arrow keys', () => {
    fireEvent.keyDown(tab('Layer'), { key: 'ArrowRight' });
    expect(document.activeElement).toBe(tab('Model'));
    expect(tab('Model').getAttribute('aria-selected')).toBe('true');
  });

  it('names the model', () => {
    fireEvent.click(tab('Model'));
    const name = screen.getByLabelText('name');
    fireEvent.change(name, { target: { value: 'digits' } });
    fireEvent.blur(name);
    expect(model.document.model?.config.name).toBe('digits');
  });

  it.each([
    ['Model', []],
    ['Layer', ['dense:0']]
  ])('says at the name of a %s what no name can be', (name, selection) => {
    act(() => model.selection.select(selection));
    fireEvent.click(tab(name));
    const before = model.document.getSource();
    const field = screen.getByLabelText('name');
    fireEvent.change(field, { target: { value: 'a/b' } });
    fireEvent.blur(field);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const problem = field.getAttribute('aria-describedby')!;
    expect(document.getElementById(problem)!.textContent).toContain(
      "contain '/'"
    );
    expect(model.document.getSource()).toBe(before);
  });

  it('puts outputs in order, and unpins them', () => {
    act(() => {
      model.document.pinOutput({ node: 'input_layer:0', tensor: 0 });
      model.selection.select(['dense:0']);
    });
    expect(screen.getByLabelText('Model output')).toBeTruthy();
    fireEvent.click(tab('Model'));
    const outputs = () => model.document.graph.outputs.map(end => end.node);
    fireEvent.click(screen.getByRole('button', { name: 'Move output 2 up' }));
    expect(outputs()).toEqual(['input_layer:0', 'dense:0']);
    fireEvent.click(screen.getByRole('button', { name: 'Unpin output 1' }));
    expect(outputs()).toEqual(['dense:0']);
    expect(screen.getByRole('button', { name: 'Unpin output' })).toHaveProperty(
      'disabled',
      true
    );
  });

  it('has the model give its outputs and take its inputs by name, and back', () => {
    fireEvent.click(tab('Model'));
    const ends = () => {
      const { inputs, outputs } = model.document.graph;
      return [inputs, outputs].map(([end]) => end.key);
    };
    fireEvent.click(screen.getByLabelText('Inputs by name'));
    fireEvent.click(screen.getByLabelText('Outputs by name'));
    expect(ends()).toEqual(['input_layer', 'dense']);
    const [, field] = screen.getAllByLabelText('name');
    fireEvent.change(field, { target: { value: 'label' } });
    fireEvent.blur(field);
    expect(ends()).toEqual(['input_layer', 'label']);
    expect(
      screen.getByRole('button', { name: 'Unpin output: label' })
    ).toBeTruthy();
    fireEvent.click(screen.getByLabelText('Outputs by name'));
    fireEvent.click(screen.getByLabelText('Inputs by name'));
    expect(ends()).toEqual([null, null]);
  });

  it('shows totals and the table of layers once a kernel knows them', async () => {
    fireEvent.click(tab('Model'));
    expect(screen.getByText(/Start a kernel/)).toBeTruthy();
    await attach(
      model,
      analysisKernel({
        'input_layer:0': fine({ shapes: [[null, 32]] }),
        'dense:0': fine({ params: 2112, macs: 2048 })
      })
    );
    expect(screen.getByText('8.25 KB')).toBeTruthy();
    const row = screen.getByText('dense', IN_TABLE).closest('tr')!;
    expect(row.textContent).toBe('dense(None, 64)2,1122,048Dense');
    fireEvent.click(screen.getByText('dense', IN_TABLE));
    expect([...model.selection.value]).toEqual(['dense:0']);
  });

  it('stays with the table when a layer is chosen in it', () => {
    fireEvent.click(tab('Model'));
    const button = screen.getByText('dense', IN_TABLE);
    button.focus();
    fireEvent.click(button);
    expect(tab('Model').getAttribute('aria-selected')).toBe('true');
  });

  it('says what is wrong with the model, and what Keras says', async () => {
    fireEvent.click(tab('Model'));
    await attach(
      model,
      analysisKernel({}, [kerasError({ layer: null, message: 'No output.' })])
    );
    expect(screen.getByText('No output.')).toBeTruthy();
    expect(screen.getByText('ValueError: expected min_ndim=2')).toBeTruthy();
  });

  it('says at the layer what Keras lets pass, with the fix', async () => {
    act(() => model.selection.select(['dense:0']));
    const fix = { title: 'Set units to 10', edits: [] };
    const advice = kerasError({ message: 'There are 10 classes.', fix });
    await attach(
      model,
      analysisKernel({ 'dense:0': fine() }, [
        advice,
        kerasError({ layer: 'other', message: 'Not about this layer.' })
      ])
    );
    expect(screen.getByText('There are 10 classes.')).toBeTruthy();
    expect(screen.getByRole('button', { name: fix.title })).toBeTruthy();
    expect(screen.queryByText('Not about this layer.')).toBeNull();
  });

  it('says what is wrong with the layer, and offers the fix', async () => {
    act(() => model.selection.select(['dense:0']));
    const fix = { title: 'Insert Flatten', edits: [] };
    await attach(
      model,
      analysisKernel({ 'dense:0': fine({ error: kerasError({ fix }) }) })
    );
    expect(screen.getByText('Dense needs a flat input.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Insert Flatten' })).toBeTruthy();
  });

  it('undoes with the keys in lists and boxes; a field that is written in keeps them', () => {
    act(() => model.selection.select(['dense:0']));
    const config = () => model.document.graph.byId.get('dense:0')!.config;
    const before = config();
    const undo = (control: HTMLElement) =>
      fireEvent.keyDown(control, { key: 'z', ctrlKey: true });
    const box = screen.getByLabelText('use_bias');
    fireEvent.click(box);
    expect(config().use_bias).toBe(false);
    undo(box);
    expect(config()).toEqual(before);

    const list = screen.getByLabelText('activation');
    fireEvent.change(list, { target: { value: 'relu' } });
    expect(config().activation).toBe('relu');
    undo(list);
    expect(config()).toEqual(before);

    const field = screen.getByLabelText(/^units/);
    fireEvent.change(field, { target: { value: '7' } });
    fireEvent.blur(field);
    undo(field);
    expect(config().units).toBe(7);
  });

  it('fixes the model, keeps the focus, and undoes with the keys', async () => {
    act(() => model.selection.select(['dense:0']));
    const fix = { title: 'Set units to 10', edits: [] };
    const kernel = analysisKernel(
      { 'dense:0': fine({ error: kerasError({ fix }) }) },
      [],
      document => {
        const fixed = JSON.parse(JSON.stringify(document));
        fixed.config.layers[1].config.units = 10;
        return fixed;
      }
    );
    await attach(model, kernel);
    const units = () => model.document.graph.byId.get('dense:0')!.config.units;
    await act(async () => {
      fireEvent.click(screen.getByRole('button', { name: fix.title }));
    });
    expect(units()).toBe(10);
    const inspector = document.querySelector('.jp-kerasviz-Inspector')!;
    expect(document.activeElement).toBe(inspector);
    fireEvent.keyDown(inspector, { key: 'z', ctrlKey: true });
    expect(units()).toBeUndefined();
  });
});
