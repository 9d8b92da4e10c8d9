import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { show } from '../../__tests__/host';
import {
  analysisKernel,
  attach,
  chainModel,
  fine,
  kerasError
} from '../../__tests__/models';
import { Inspector } from '../Inspector';

describe('Inspector', () => {
  let model: EditorModel;

  beforeEach(() => {
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
    act(() => model.select(['dense:0']));
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

  it('shows totals and the table of layers once a kernel knows them', async () => {
    fireEvent.click(tab('Model'));
    expect(screen.getByText(/start a kernel/)).toBeTruthy();
    await attach(
      model,
      analysisKernel({
        'input_layer:0': fine({ shapes: [[null, 32]] }),
        'dense:0': fine({ params: 2112 })
      })
    );
    expect(screen.getByText('8.25 KB')).toBeTruthy();
    const row = screen.getByText('dense').closest('tr')!;
    expect(row.textContent).toBe('dense(None, 64)2,112');
    fireEvent.click(screen.getByText('dense'));
    expect([...model.selection]).toEqual(['dense:0']);
  });

  it('stays with the table when a layer is chosen in it', () => {
    fireEvent.click(tab('Model'));
    const button = screen.getByText('dense');
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

  it('says what is wrong with the layer, and offers the mend', async () => {
    act(() => model.select(['dense:0']));
    const fix = { title: 'Insert Flatten' };
    await attach(
      model,
      analysisKernel({ 'dense:0': fine({ error: kerasError({ fix }) }) })
    );
    expect(screen.getByText('Dense needs a flat input.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Insert Flatten' })).toBeTruthy();
  });
});
