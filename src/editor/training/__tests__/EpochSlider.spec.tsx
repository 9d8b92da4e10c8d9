import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { show } from '../../__tests__/host';
import { EpochSliderHere } from '../../insight';
import { editorModel, readyKernel, run } from './editor';
import type { Kernel } from './kernel';
import { summary } from './summary';

describe('EpochSlider', () => {
  let model: EditorModel;
  let kernel: Kernel;
  let epochs: number[];

  beforeEach(async () => {
    model = editorModel();
    kernel = readyKernel(run('finished'));
    epochs = [0, 1, 7];
    Object.assign(kernel.answers, {
      runs: () => ({
        runs: [summary('second', { run: 'a' }), summary('first')],
        deleted: [],
        where: 'runs'
      }),
      kept_epochs: ({ id }: { id: string }) => ({
        epochs:
          id === 'second'
            ? [...epochs, null].map(epoch => ({
                epoch,
                bytes: 2048,
                best: epoch === 7,
                values: epoch ? { loss: epoch / 3 } : {}
              }))
            : []
      }),
      go_back: () => ({ note: 'Weights start from epoch-0007.keras.' }),
      undo_go_back: () => ({}),
      weights: () => ({ layers: {}, rounded: {}, sentence: null })
    });
    show(model, <EpochSliderHere />);
    await act(async () => model.kernel.attach(kernel.client));
  });

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
    jest.useRealTimers();
  });

  const asked = (type: string) =>
    kernel.requests
      .filter(request => request.type === type)
      .map(({ payload }) => payload);
  const slider = (): HTMLInputElement => screen.getByRole('slider');
  const slide = (place: number) =>
    act(async () =>
      fireEvent.change(slider(), { target: { value: String(place) } })
    );
  const press = (name: string) =>
    act(async () => fireEvent.click(screen.getByRole('button', { name })));

  it('shows the weights of now, and those of each epoch that is kept with what it measured', async () => {
    expect([slider().value, slider().max]).toEqual(['4', '4']);
    expect(slider().getAttribute('aria-valuetext')).toBe('Now');
    expect(model.moment.value.at).toBeNull();
    await slide(2);
    expect(model.moment.value.at).toEqual({ run: 'second', epoch: 7 });
    screen.getByText('Epoch 7 (best)');
    screen.getByText('2.33');
    await slide(0);
    screen.getByText('Before the first epoch');
    await slide(3);
    expect(model.moment.value.at).toEqual({ run: 'second', epoch: null });
  });

  it('goes back to an epoch, and takes that back', async () => {
    await slide(2);
    await press('Go Back to This Epoch');
    expect(asked('go_back')).toMatchObject([{ id: 'second', epoch: 7 }]);
    expect(model.moment.value.at).toBeNull();
    screen.getByText('Weights start from epoch-0007.keras.');
    await press('Undo');
    expect(asked('undo_go_back')).toHaveLength(1);
    expect(screen.queryByText('Undo')).toBeNull();
  });

  it('offers the epochs of earlier runs', async () => {
    await act(async () =>
      fireEvent.change(screen.getByLabelText('Run to show'), {
        target: { value: 'first' }
      })
    );
    screen.getByText('No epochs of this run were saved.');
    await act(() => model.moment.showNear('second', 4.2));
    expect(model.moment.value.at).toEqual({ run: 'second', epoch: 7 });
    await act(() => model.moment.showNear('second', 0.4));
    expect(model.moment.value.at).toEqual({ run: 'second', epoch: 0 });
  });

  it('plays one after the other, from the first, and ends at the end of the run', async () => {
    jest.useFakeTimers();
    act(() => model.moment.play());
    const seen = [model.moment.value.at?.epoch];
    while (model.moment.value.isPlaying) {
      await act(() => jest.advanceTimersByTimeAsync(600));
      seen.push(model.moment.value.at?.epoch);
    }
    expect(seen).toEqual([0, 1, 7, null]);
  });

  it('stays at an epoch while it trains, at the nearest one when that was given up', async () => {
    await slide(1);
    epochs = [0, 2, 7, 8];
    const { status, curves } = run('training');
    const next = { ...status, epoch: status.epoch + 1 };
    await act(async () => kernel.tell('run', { status: next, curves }));
    expect(model.moment.value.at).toEqual({ run: 'second', epoch: 0 });
    const button = screen.getByText<HTMLButtonElement>('Go Back to This Epoch');
    expect(button.title).toBe('Stop the run first to go back to an epoch.');
    expect(button.disabled).toBe(true);
  });
});
