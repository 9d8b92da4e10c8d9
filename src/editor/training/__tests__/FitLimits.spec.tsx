import { act, cleanup } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, IChosenJSON, IFitLimits } from '../../../core';
import { PREVIEW } from '../../../core/__tests__/preview';
import { show } from '../../__tests__/host';
import { Page } from '../../charts/__tests__/browser';
import { TrainForm } from '../TrainForm';
import { editorModel, readyKernel, run } from './editor';
import type { Kernel } from './kernel';

const OF_BATCHES: IFitLimits = {
  unused: {
    batch_size: { text: 'The batches of rows have their size.', args: {} },
    class_weight: { text: 'Not with a DataLoader.', args: {} }
  },
  needed: { steps_per_epoch: { text: 'They never end.', args: {} } },
  split: { text: 'Batches can not be divided.', args: {} }
};

const SEEN = {
  ...PREVIEW,
  kind: 'images' as const,
  name: 'flowers',
  inputs: ['x']
};

describe('what data does not allow of fit', () => {
  let model: EditorModel;
  let kernel: Kernel;
  let limits: IFitLimits;

  const wait = () =>
    act(async () => {
      await jest.advanceTimersByTimeAsync(1000);
    });

  async function open(data: IChosenJSON | null) {
    new Page();
    model = editorModel({
      compile_config: { loss: 'mse' },
      kerasviz: { version: 1, training: { ...(data && { data }) } }
    });
    show(model, <TrainForm />);
    kernel = readyKernel();
    limits = OF_BATCHES;
    kernel.answers.fit_limits = () => limits;
    await act(async () => model.kernel.attach(kernel.client));
    await wait();
  }

  const asked = () =>
    kernel.requests.filter(({ type }) => type === 'fit_limits').length;
  const find = (selector: string) =>
    document.querySelector<HTMLInputElement>(selector)!;
  const train = () => find('[data-command="train"]');

  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  it('is shown with the reason before a run begins, and so is what fit needs', async () => {
    await open({ class_name: 'arrays', config: { x: 'x', y: 'y' } });
    const size = find('[data-argument="batch_size"]');
    expect(find('[data-argument="batch_size"] fieldset').disabled).toBe(true);
    expect(size.textContent).toContain('have their size');
    expect(size.textContent).not.toContain('Try several values');
    expect(find('[data-argument="epochs"] fieldset')).toBeNull();
    expect(document.body.textContent).toContain('Not with a DataLoader.');
    const steps = find('[data-argument="steps_per_epoch"]');
    expect(steps.closest('.jp-kerasviz-Field-more')).toBeNull();
    expect(steps.textContent).toContain('They never end.');
    expect(find('[data-section="fit"] summary').textContent).toContain(
      'They never end.'
    );
    const split = find('[data-section="split"]');
    expect(split.querySelector('fieldset')!.disabled).toBe(true);
    expect(split.textContent).toContain('Batches can not be divided.');
  });

  it('keeps Train from being pressed until fit has what it needs', async () => {
    await open({ class_name: 'batches', config: { batches: 'rows' } });
    expect(train().disabled).toBe(true);
    expect(train().title).toBe('They never end.');
    act(() => model.document.setTraining({ fit: { steps_per_epoch: 9 } }));
    expect(train().disabled).toBe(false);
    limits = { ...OF_BATCHES, needed: {} };
    act(() => model.document.setTraining({ fit: {} }));
    await wait();
    expect(train().disabled).toBe(false);
  });

  it('is asked for again when a cell ran, the data was looked at, or a run has read it', async () => {
    await open({ class_name: 'images', config: { path: 'flowers' } });
    const counts = [asked()];
    const after = async (change: () => void) => {
      act(change);
      await wait();
      counts.push(asked());
    };
    kernel.answers.preview = () => SEEN;
    await after(() => void model.look.look());
    await after(() => kernel.tell('arrays', {}));
    await after(() => kernel.tell('run', run('training')));
    await after(() => kernel.tell('run', run('finished')));
    await after(() => model.document.setCompile({ optimizer: 'sgd' }));
    expect(counts).toEqual([1, 2, 3, 4, 5, 5]);
  });

  it('is not asked for where there is no data, and forgotten with the kernel', async () => {
    await open(null);
    expect(asked()).toBe(0);
    act(() =>
      model.document.setTraining({
        data: { class_name: 'batches', config: { batches: 'rows' } }
      })
    );
    await wait();
    expect(find('[data-argument="batch_size"] fieldset')).not.toBeNull();
    act(() => model.kernel.attach(null));
    expect(model.fitLimits.value.unused).toEqual({});
  });
});
