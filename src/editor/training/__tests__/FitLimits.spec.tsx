import { act, cleanup } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, IChosenJSON } from '../../../core';
import { show } from '../../__tests__/host';
import { FitSection } from '../FitSection';
import { editorModel, readyKernel } from './editor';

describe('what data does not allow of fit', () => {
  let model: EditorModel;

  async function open(data: IChosenJSON) {
    model = editorModel({ kerasviz: { version: 1, training: { data } } });
    show(model, <FitSection />);
    const kernel = readyKernel();
    kernel.answers.fit_limits = () => ({
      unused: {
        batch_size: { text: 'The batches of rows have their size.', args: {} },
        class_weight: { text: 'Not with a DataLoader.', args: {} }
      },
      needed: { steps_per_epoch: { text: 'They never end.', args: {} } }
    });
    await act(async () => model.kernel.attach(kernel.client));
    await act(async () => {
      await jest.advanceTimersByTimeAsync(1000);
    });
    return kernel.requests.filter(({ type }) => type === 'fit_limits');
  }

  const find = (selector: string) =>
    document.querySelector<HTMLInputElement>(selector)!;

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
    await open({ class_name: 'batches', config: { batches: 'rows' } });
    const size = find('[data-argument="batch_size"]');
    expect(find('[data-argument="batch_size"] fieldset').disabled).toBe(true);
    expect(size.textContent).toContain('have their size');
    expect(find('[data-argument="epochs"] fieldset')).toBeNull();
    expect(document.body.textContent).toContain('Not with a DataLoader.');
    const steps = find('[data-argument="steps_per_epoch"]');
    expect(steps.closest('.jp-kerasviz-Field-more')).toBeNull();
    expect(steps.textContent).toContain('They never end.');
    expect(find('summary').textContent).toContain('They never end.');
  });

  it('is not asked for where the form knows that all is allowed', async () => {
    expect(await open({ class_name: 'digits', config: {} })).toEqual([]);
    expect(find('fieldset')).toBeNull();
  });
});
