import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, IAdjustable, IAdjustment } from '../../../core';
import { show } from '../../__tests__/host';
import { Adjust } from '../Adjust';
import { editorModel, readyKernel, run } from './editor';
import type { Kernel } from './kernel';

const VALUES: IAdjustable[] = [
  { what: 'learning_rate', value: 0.001, fixed: 'It follows a schedule.' },
  { what: 'momentum', value: 0.5, fixed: null },
  { what: 'drop/rate', value: 0.25, fixed: null }
];
const CHANGE: IAdjustment = {
  what: 'momentum',
  before: 0.5,
  after: 0.9
};

describe('Adjust', () => {
  let model: EditorModel;
  let kernel: Kernel;

  beforeEach(async () => {
    model = editorModel({
      class_name: 'Sequential',
      config: {
        name: 'net',
        layers: [
          {
            module: 'keras.layers',
            class_name: 'Dropout',
            config: { name: 'drop', rate: 0.25 },
            registered_name: null
          }
        ]
      },
      compile_config: { optimizer: 'sgd', loss: 'mse' }
    });
    kernel = readyKernel(run('training'));
    kernel.answers.adjustable = () => ({ values: VALUES });
    kernel.answers.control = () => ({});
    show(model, <Adjust />);
    await act(async () => model.kernel.attach(kernel.client));
    const details = document.querySelector('details')!;
    await act(async () => {
      details.open = true;
      fireEvent(details, new Event('toggle'));
    });
  });

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  const changed = (adjustment: IAdjustment) => {
    const mark = { kind: 'change', step: 7, epoch: 1, seconds: 1 };
    const marks = [{ ...mark, sentence: 'Another number', adjustment }];
    act(() => kernel.tell('run', run('training', { marks })));
  };
  const sent = () =>
    kernel.requests
      .filter(({ type }) => type === 'control')
      .map(({ payload }) => payload);

  it('says why a number can not be changed, and changes the others', () => {
    expect(screen.getByText('It follows a schedule.')).toBeTruthy();
    expect(screen.queryByLabelText('learning_rate')).toBeNull();
    const field = screen.getByLabelText('momentum');
    fireEvent.change(field, { target: { value: 'fast' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(screen.getByText('Expected a number, received: fast')).toBeTruthy();
    fireEvent.change(field, { target: { value: '.9' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent()).toEqual([
      { run: 'a', action: 'change', what: 'momentum', value: 0.9 }
    ]);
  });

  it('sets a number back', () => {
    changed(CHANGE);
    expect(screen.getByText('momentum: 0.5 → 0.9 after batch 7')).toBeTruthy();
    fireEvent.click(screen.getByText('Set momentum back to 0.5'));
    expect(sent()).toEqual([
      { run: 'a', action: 'change', what: 'momentum', value: 0.5 }
    ]);
  });

  it('writes a number of the optimizer into the document, undone as one step', () => {
    changed(CHANGE);
    fireEvent.click(screen.getByText('Keep 0.9 for later runs'));
    expect(model.document.model?.compile_config?.optimizer).toMatchObject({
      class_name: 'SGD',
      config: { momentum: 0.9 }
    });
    expect(screen.queryByText('Keep 0.9 for later runs')).toBeNull();
    act(() => model.document.undo());
    expect(model.document.model?.compile_config?.optimizer).toBe('sgd');
  });

  it('writes the rate of a layer into the document', () => {
    changed({ ...CHANGE, what: 'drop/rate', before: 0.25, after: 0.75 });
    fireEvent.click(screen.getByText('Keep 0.75 for later runs'));
    expect(model.document.model?.config.layers[0].config.rate).toBe(0.75);
  });
});
