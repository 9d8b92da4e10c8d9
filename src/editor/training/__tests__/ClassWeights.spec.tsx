import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { JSONObject } from '@lumino/coreutils';
import type { EditorModel } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { TrainForm } from '../TrainForm';
import { editorModel, readyKernel } from './editor';
import type { Kernel } from './kernel';

describe('weights of classes', () => {
  let model: EditorModel;

  beforeAll(standInForBrowser);

  function open(fit: JSONObject, config: JSONObject = {}): void {
    const training = { fit, data: { class_name: 'digits', config } };
    model = editorModel({ kerasviz: { version: 1, training } });
    show(model, <TrainForm />);
  }

  const fit = () => model.document.model?.kerasviz?.training?.fit;
  const balanced = () => screen.getByRole('button', { name: 'Balanced' });
  const write = (label: string, text: string) => {
    const line = screen.getByLabelText(label);
    fireEvent.change(line, { target: { value: text } });
    fireEvent.blur(line);
  };

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  it('have a line for each class', () => {
    open({ class_weight: { '0': 1, '1': 5.5 } });
    write('Class 1', '7');
    expect(fit()).toEqual({ class_weight: { '0': 1, '1': 7 } });
    write('Class 1', 'many');
    expect(screen.getByText('Expected a number of at least 0.')).toBeTruthy();
    write('Add a class', '2');
    write('Add a class', 'cat');
    expect(fit()).toEqual({ class_weight: { '0': 1, '1': 7, '2': 1 } });
    for (const name of ['0', '1', '2']) {
      fireEvent.click(
        screen.getByRole('button', { name: `Remove: Class ${name}` })
      );
    }
    expect(fit()).toEqual({});
    model.document.undo();
    expect(fit()).toEqual({ class_weight: { '2': 1 } });
  });

  it('are balanced by the kernel, which loads the data at a click', async () => {
    open({ epochs: 3 });
    const kernel: Kernel = readyKernel();
    kernel.answers.class_weights = () => ({ weights: { '0': 0.5, '1': 2 } });
    await act(async () => model.kernel.attach(kernel.client));
    const asked = () => kernel.requests.map(({ type }) => type);
    expect(asked()).not.toContain('class_weights');
    await act(async () => {
      fireEvent.click(balanced());
    });
    expect(asked()).toContain('class_weights');
    expect(fit()).toEqual({ epochs: 3, class_weight: { '0': 0.5, '1': 2 } });
  });

  it('are not offered beside weights of samples, with the reason', () => {
    open({}, { sample_weight: 'w' });
    expect(balanced().hasAttribute('disabled')).toBe(true);
    expect(balanced().title).toContain('not both');
  });
});
