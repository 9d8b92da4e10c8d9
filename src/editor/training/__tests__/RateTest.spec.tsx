import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, IRateTest } from '../../../core';
import { show } from '../../__tests__/host';
import { Page } from '../../charts/__tests__/browser';
import { RateTest } from '../RateTest';
import { RunButtons } from '../RunButtons';
import { editorModel, readyKernel } from './editor';

const RATES = [1e-4, 1e-3, 1e-2, 0.1];

function measured(values: Partial<IRateTest> = {}): IRateTest {
  return {
    state: 'finished',
    batches: 4,
    rates: RATES,
    losses: [2, 1.5, 1, null],
    smoothed: [2, 1.7, 1.3],
    proposed: 0.001,
    reason: { text: 'A tenth of {lowest}.', args: { lowest: '1.0e-02' } },
    error: null,
    ...values
  };
}

describe('the range test', () => {
  let model: EditorModel;
  let kernel: ReturnType<typeof readyKernel>;

  const tell = (test: IRateTest) =>
    act(() => kernel.tell('rate_test', { test }));
  const begin = async () => {
    fireEvent.click(screen.getByText('Find a Learning Rate'));
    await act(async () => undefined);
  };
  const optimizer = () =>
    model.document.model?.compile_config?.optimizer as never;

  async function open(optimizer: unknown): Promise<void> {
    new Page();
    model = editorModel({
      compile_config: { optimizer, loss: 'mse' },
      kerasviz: {
        version: 1,
        training: { data: { class_name: 'digits', config: {} } }
      }
    } as never);
    show(
      model,
      <>
        <RateTest />
        <RunButtons />
      </>
    );
    kernel = readyKernel();
    kernel.answers.rate_test = () => ({});
    kernel.answers.end_rate_test = () => ({});
    await act(async () => model.kernel.attach(kernel.client));
  }

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  it('is one click, can be stopped, and nothing trains meanwhile', async () => {
    await open('adam');
    await begin();
    tell(measured({ state: 'training', proposed: null, reason: '' }));
    expect(screen.getByText('Train').closest('button')!.disabled).toBe(true);
    expect(screen.getByLabelText('Trying learning rates')).toHaveProperty(
      'value',
      4
    );
    fireEvent.click(screen.getByText('Stop the Test'));
    await act(async () => undefined);
    expect(kernel.requests.map(({ type }) => type)).toContain('end_rate_test');
    tell(measured({ state: 'stopped' }));
    expect(screen.getByText('Train').closest('button')!.disabled).toBe(false);
    expect(screen.getByRole('figure').getAttribute('aria-label')).toBe(
      'Loss over learning rates up to 0.10; proposed: 0.001'
    );
    fireEvent.click(screen.getByText('Close the Test'));
    expect(screen.queryByRole('figure')).toBeNull();
  });

  it('sets the rate by one step that can be undone', async () => {
    await open('adam');
    await begin();
    tell(measured());
    expect(screen.getByText('A tenth of 1.0e-02.')).toBeTruthy();
    fireEvent.click(screen.getByText('Use 0.001'));
    expect(optimizer()).toMatchObject({
      class_name: 'Adam',
      config: { learning_rate: 0.001 }
    });
    expect(screen.getByText('Use 0.001').closest('button')!.disabled).toBe(
      true
    );
    act(() => void model.document.undo());
    expect(optimizer()).toBe('adam');
  });

  it('takes the place of a schedule, inside an optimizer that scales the loss too', async () => {
    await open({
      class_name: 'LossScaleOptimizer',
      config: {
        initial_scale: 8,
        inner_optimizer: {
          class_name: 'SGD',
          config: {
            momentum: 0.9,
            learning_rate: { class_name: 'CosineDecay', config: {} }
          }
        }
      }
    });
    await begin();
    tell(measured());
    fireEvent.click(screen.getByText('Use 0.001 in place of the schedule'));
    expect(optimizer()).toEqual({
      class_name: 'LossScaleOptimizer',
      config: {
        initial_scale: 8,
        inner_optimizer: {
          class_name: 'SGD',
          config: { momentum: 0.9, learning_rate: 0.001 }
        }
      }
    });
  });

  it('writes over the spelling of Keras 2', async () => {
    await open({ class_name: 'SGD', config: { lr: 0.5, decay: 0.1 } });
    await begin();
    tell(measured());
    fireEvent.click(screen.getByText(/^Use 0.001/));
    expect(optimizer()).toEqual({
      class_name: 'SGD',
      config: { learning_rate: 0.001 }
    });
  });

  it('proposes nothing where the loss did not fall, and says what failed', async () => {
    await open('sgd');
    await begin();
    tell(measured({ proposed: null, reason: 'The loss fell at none.' }));
    expect(screen.getByText('The loss fell at none.')).toBeTruthy();
    expect(screen.queryByText(/^Use/)).toBeNull();
    const error = {
      code: 'no_data',
      message: 'There is no variable x.',
      layer: null,
      detail: null,
      fix: null
    };
    tell(measured({ state: 'failed', proposed: null, reason: '', error }));
    expect(screen.getByText('There is no variable x.')).toBeTruthy();
  });

  it('is told to a page that comes late', async () => {
    await open('adam');
    const late = readyKernel();
    const { hello } = late.answers;
    late.answers.hello = () =>
      ({ ...(hello!({} as never) as object), rate_test: measured() }) as never;
    await act(async () => model.kernel.attach(late.client));
    expect(screen.getByText('Use 0.001')).toBeTruthy();
  });
});
