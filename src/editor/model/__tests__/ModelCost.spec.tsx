import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, ICost } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { askedKernel, attach, chainModel } from '../../__tests__/models';
import { ModelCost } from '../ModelCost';

const GB = 2 ** 30;

function cost(
  batchSize: number,
  free: number,
  others: ICost['layers'] = {}
): ICost {
  const activations = batchSize * GB;
  return {
    layers: { dense: { macs: 640, receptive_field: [3, 5] }, ...others },
    macs: 640,
    memory: {
      weights: GB,
      activations,
      gradients: GB,
      optimizer: 2 * GB,
      total: activations + 4 * GB
    },
    capacity: { free, gpu: 'NVIDIA H200' }
  };
}

describe('ModelCost', () => {
  let model: EditorModel;

  const open = async (free: number, others?: ICost['layers']) => {
    standInForBrowser();
    model = chainModel('InputLayer', 'Dense');
    await attach(
      model,
      askedKernel({ cost: ({ batch_size }) => cost(batch_size, free, others) })
    );
    jest.useFakeTimers();
    show(model, <ModelCost />);
    await wait();
  };
  const wait = () => act(() => jest.advanceTimersByTimeAsync(1000));

  afterEach(() => {
    cleanup();
    model.dispose();
    jest.useRealTimers();
  });

  it('shows what training takes for the batch size of the Train form', async () => {
    await open(100 * GB);
    expect(screen.getByText('Activations (batch of 32)')).toBeTruthy();
    expect(screen.getByText('36.00 GB')).toBeTruthy();
    expect(screen.queryByText(/at least/)).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    act(() => model.document.setTraining({ fit: { batch_size: 1 } }));
    await wait();
    expect(screen.getByText('Activations (batch of 1)')).toBeTruthy();
    expect(screen.getByText('5.00 GB')).toBeTruthy();
  });

  it('says that there is more to count where a layer is not known', async () => {
    await open(100 * GB, { lstm: { macs: null, receptive_field: null } });
    expect(screen.getByText('at least 640')).toBeTruthy();
  });

  it('says when the model will not fit, and what would help', async () => {
    await open(8 * GB);
    expect(screen.getByRole('alert').textContent).toMatch(
      /needs about 36\.00 GB, but NVIDIA H200 has 8\.00 GB .* smaller batch/
    );
  });

  it('shows what a position of a layer has seen', async () => {
    await open(100 * GB);
    expect(screen.getByText('dense').closest('tr')!.textContent).toContain(
      '3 × 5'
    );
  });

  it('sorts by a column and says so', async () => {
    await open(100 * GB);
    const column = screen.getByText('Layer');
    fireEvent.click(column);
    fireEvent.click(column);
    expect(column.closest('th')!.getAttribute('aria-sort')).toBe('descending');
    const [, first] = screen.getAllByRole('row');
    expect(first.textContent).toContain('input_layer');
  });
});
