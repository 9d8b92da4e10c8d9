import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { show } from '../../__tests__/host';
import { KeptEpochs } from '../KeptEpochs';
import { editorModel, readyKernel, run } from './editor';
import type { Kernel } from './kernel';
import { summary } from './summary';

describe('KeptEpochs', () => {
  let model: EditorModel;
  let kernel: Kernel;

  beforeEach(async () => {
    model = editorModel();
    kernel = readyKernel(run('finished'));
    Object.assign(kernel.answers, {
      runs: () => ({
        runs: [summary('second', { run: 'a' }), summary('first')],
        deleted: [],
        where: 'runs'
      }),
      kept_epochs: ({ id }: { id: string }) => ({
        epochs:
          id === 'second'
            ? [
                { epoch: 1, bytes: 2048, best: false },
                { epoch: 7, bytes: 2048, best: true },
                { epoch: null, bytes: 2048, best: false }
              ]
            : []
      }),
      go_back: () => ({ note: 'Weights start from epoch-0007.keras.' }),
      undo_go_back: () => ({}),
      weights: () => ({ layers: {}, rounded: {}, sentence: null })
    });
    show(model, <KeptEpochs />);
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

  const asked = (type: string) =>
    kernel.requests
      .filter(request => request.type === type)
      .map(({ payload }) => payload);
  const press = (name: string) =>
    act(async () => fireEvent.click(screen.getByRole('button', { name })));

  it('goes back to an epoch, and takes that back', async () => {
    await press('Epoch 7 (best)');
    expect(asked('go_back')).toMatchObject([{ id: 'second', epoch: 7 }]);
    screen.getByText('Weights start from epoch-0007.keras.');
    await press('Undo');
    expect(asked('undo_go_back')).toHaveLength(1);
    expect(screen.queryByText('Undo')).toBeNull();
  });

  it('offers the end, and the epochs of earlier runs', async () => {
    await press('End of the run');
    expect(asked('go_back')).toMatchObject([{ epoch: null }]);
    await act(async () =>
      fireEvent.change(screen.getByLabelText('Run'), {
        target: { value: 'first' }
      })
    );
    screen.getByText('No epochs of this run are kept.');
  });

  it('says why nothing can be done while it trains', async () => {
    await act(async () => kernel.tell('run', run('training')));
    screen.getByText('Stop the run to go back to an epoch.');
    const button = screen.getByRole('button', { name: 'Epoch 1' });
    expect(button).toHaveProperty('disabled', true);
  });
});
