import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, IBackup, IRunJSON, RunState } from '../../../core';
import { HOST, show } from '../../__tests__/host';
import { Page } from '../../charts/__tests__/browser';
import type { IHost, IPlotly } from '../../host';
import type { ITab } from '../../Tabs';
import { CurvesTab } from '../CurvesTab';
import { TrainPanel } from '../TrainPanel';
import { editorModel, readyKernel, run, status } from './editor';
import type { Kernel } from './kernel';

/** Plotly never comes: what the panel says of a run does not hang on it. */
const host: IHost = {
  ...HOST,
  assets: {
    ...HOST.assets,
    plotly: () => new Promise<IPlotly>(() => undefined)
  }
};

/** Beside the curves, a tab in which something can be written. */
const TABS: readonly ITab[] = [
  { id: 'curves', label: () => 'Curves', Content: CurvesTab },
  { id: 'notes', label: () => 'Notes', Content: () => <input /> }
];

describe('TrainPanel', () => {
  let model: EditorModel;
  let kernel: Kernel;

  async function open(
    last: IRunJSON | null,
    backup: IBackup | null = null
  ): Promise<void> {
    kernel = readyKernel(last);
    show(model, <TrainPanel tabs={TABS} />, host);
    await act(async () => {
      model.kernel.attach(kernel.client);
    });
    act(() => kernel.tell('backup', { backup }));
  }

  const panel = () =>
    document.querySelector<HTMLElement>('.jp-kerasviz-TrainPanel')!;
  const chart = () =>
    document.querySelector<HTMLElement>('.jp-kerasviz-Chart')!;
  const buttons = () =>
    [...panel().querySelectorAll<HTMLElement>('[data-command]')].map(
      button => button.dataset.command
    );
  const isFolded = () =>
    screen
      .getByRole('button', { name: /^Training/ })
      .getAttribute('aria-expanded') === 'false';

  beforeEach(() => {
    new Page();
    model = editorModel();
  });

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  it('is folded until there is a run, and opens and closes at a click', async () => {
    await open(null);
    expect(isFolded()).toBe(true);
    act(() => kernel.tell('run', run('building')));
    expect(isFolded()).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: /^Training/ }));
    expect(isFolded()).toBe(true);
    act(() => kernel.tell('run', run('training')));
    expect(isFolded()).toBe(true);
  });

  describe('its tabs', () => {
    const tab = (name: string) => screen.getByRole('tab', { name });
    const shown = () => screen.getByRole('tabpanel');

    it('unfold it, and are chosen with the arrow keys', async () => {
      await open(null);
      fireEvent.click(tab('Curves'));
      expect(isFolded()).toBe(false);
      fireEvent.keyDown(tab('Curves'), { key: 'ArrowRight' });
      expect(document.activeElement).toBe(tab('Notes'));
      expect(shown().getAttribute('aria-labelledby')).toBe(tab('Notes').id);
      fireEvent.keyDown(tab('Notes'), { key: 'Home' });
      expect(tab('Curves').getAttribute('aria-selected')).toBe('true');
    });

    it('stay as they are while another one is shown', async () => {
      await open(run('finished'));
      fireEvent.click(tab('Notes'));
      fireEvent.change(screen.getByRole('textbox'), {
        target: { value: 'half' }
      });
      fireEvent.click(tab('Curves'));
      expect(chart()).toBeTruthy();
      fireEvent.click(tab('Notes'));
      expect(screen.getByDisplayValue('half')).toBeTruthy();
    });

    it('come to the curves when something is asked', async () => {
      await open(null);
      fireEvent.click(tab('Notes'));
      kernel.answers.train = () => ({
        run: null,
        taken: { name: 'x', free: 'x_2', sentence: 'x holds a list.' }
      });
      await act(async () => model.run.train('trained'));
      expect(shown().textContent).toContain('x holds a list.');
    });
  });

  it('says that the first batch takes long, and goes on counting', async () => {
    jest.useFakeTimers();
    try {
      const begun = { step: 0, epoch: 0, elapsed: 0 };
      await open(run('training', begun));
      const said = () => panel().querySelector('[data-note="compiling"]');
      expect(said()).toBeNull();
      act(() => void jest.advanceTimersByTime(65_000));
      expect(said()).not.toBeNull();
      expect(panel().textContent).toContain('1 min 5 s');
      act(() => kernel.tell('run', run('training', { ...begun, step: 1 })));
      expect(said()).toBeNull();
    } finally {
      jest.useRealTimers();
    }
  });

  describe('the error of a run', () => {
    const fix = { title: 'Add a Flatten layer', edits: [] };
    const error = {
      code: 'shape',
      layer: 'dense',
      message: 'The data is not flat.',
      detail: null,
      fix
    };
    const offered = () => screen.queryByRole('button', { name: fix.title });

    async function fail(): Promise<void> {
      await open(null);
      await act(() => model.run.train('fresh'));
      act(() => kernel.tell('run', run('failed', { run: 'new', error })));
    }

    it('has its fix until the drawing or its plan is another one', async () => {
      await fail();
      expect(offered()).not.toBeNull();
      act(() => model.document.setTraining({ fit: { epochs: 3 } }));
      expect(offered()).toBeNull();
      expect(panel().textContent).toContain(error.message);
      expect(panel().textContent).toContain('the last attempt to train');
      act(() => model.document.undo());
      expect(offered()).not.toBeNull();
      act(() => model.document.setCompile({ loss: 'mse' }));
      expect(offered()).toBeNull();
    });

    it('stays without its fix where the next attempt began nothing', async () => {
      await fail();
      kernel.answers.train = () => ({
        run: null,
        taken: { name: 'model', free: 'model_2', sentence: 'Taken.' }
      });
      act(() => model.document.setCompile({ loss: 'mse' }));
      await act(() => model.run.train('fresh'));
      act(() => model.run.cancel());
      expect(offered()).toBeNull();
    });

    it('has the words of Keras behind it, unless the sentence has them', async () => {
      const behind = () => screen.queryByText('Message from Keras');
      const said = { ...error, message: 'Keras reported an error: Oh.' };
      await open(run('failed', { error: { ...said, detail: 'Oh.' } }));
      expect(behind()).toBeNull();
      act(() =>
        kernel.tell('run', run('failed', { error: { ...said, detail: 'Ah.' } }))
      );
      expect(behind()).not.toBeNull();
    });

    it('has no fix where nobody here knows what was drawn when it ran', async () => {
      await open(run('failed', { error }));
      expect(panel().textContent).toContain(error.message);
      expect(offered()).toBeNull();
    });
  });

  it('does not say that a run goes on while nobody is heard', async () => {
    await open(run('training'));
    expect(panel().textContent).toContain('Training · epoch');
    const lost = { state: 'connecting', message: '', hello: null } as const;
    act(() => model.kernel.setStatus(lost));
    expect(panel().textContent).toContain(
      'no connection to the kernel · epoch'
    );
    expect(panel().textContent).not.toContain('Time left');
    const stop = panel().querySelector('[data-command="stop"]');
    expect(stop).toHaveProperty('disabled', true);
  });

  it('says which layers have fresh weights, and why', async () => {
    await open(run('finished'));
    const sentence = "1 of 2 layers has fresh weights because 'a' changed.";
    await act(async () =>
      model.weights.set({ layers: {}, rounded: {}, because: ['a'], sentence })
    );
    expect(panel().textContent).toContain(sentence);
  });

  it('keeps the focus when its button goes', async () => {
    await open(run('training'));
    screen.getByRole('button', { name: 'Pause' }).focus();
    await act(async () => kernel.tell('run', run('paused')));
    expect(panel().contains(document.activeElement)).toBe(true);
  });

  it('says on the charts how many points they have, and the newest values', async () => {
    await open(run('training'));
    expect(chart().dataset).toMatchObject({
      metric: 'loss',
      points: '3',
      epochs: '1'
    });
    act(() =>
      kernel.tell('run', {
        status: status('training'),
        curves: { batch: { loss: { x: [4, 5], y: [0.5, 0.25] } }, epoch: {} }
      })
    );
    expect(chart().dataset.points).toBe('5');
    expect(
      screen.getByRole('figure', { name: 'loss: training 2, validation 2.5' })
    ).not.toBeNull();
  });

  it('says where the run stands', async () => {
    await open(run('training', { notes: ['digits reshaped'] }));
    expect(panel().dataset.state).toBe('training');
    const bar = screen.getByRole('progressbar');
    expect(bar.getAttribute('aria-valuenow')).toBe('38');
    for (const text of [
      '2 of 4',
      '2 min 5 s',
      'NVIDIA H200',
      'digits reshaped'
    ]) {
      expect(panel().textContent).toContain(text);
    }
  });

  it('has an open progress while the batches of an epoch are not known', async () => {
    await open(run('training', { steps_per_epoch: null, remaining: null }));
    const bar = screen.getByRole('progressbar');
    expect(bar.hasAttribute('aria-valuenow')).toBe(false);
    expect(panel().textContent).not.toContain('Time left');
  });

  it.each<[RunState, string[]]>([
    ['building', ['stop']],
    ['training', ['stop', 'pause', 'one-batch', 'one-epoch']],
    ['paused', ['stop', 'resume', 'one-batch', 'one-epoch']],
    ['stopping', ['stop']],
    ['finished', ['train', 'one-batch', 'one-epoch']],
    ['stopped', ['train', 'one-batch', 'one-epoch']],
    ['failed', ['train', 'one-batch', 'one-epoch']],
    ['lost', ['train', 'one-batch', 'one-epoch']]
  ])('offers for a run that is %s: %j', async (state, commands) => {
    await open(run(state));
    expect(panel().dataset.state).toBe(state);
    expect(buttons()).toEqual(commands);
  });

  it.each(['stop', 'pause'])('asks the kernel to %s the run', async command => {
    await open(run('training'));
    fireEvent.click(panel().querySelector(`[data-command="${command}"]`)!);
    expect(kernel.requests.pop()).toMatchObject({
      type: 'control',
      payload: { run: 'a', action: command }
    });
  });

  it('keeps the charts and says so when the kernel dies', async () => {
    await open(run('training'));
    act(() => kernel.die('The kernel died.'));
    expect(panel().dataset.state).toBe('lost');
    expect(panel().textContent).toContain('The kernel died');
    expect(chart().dataset.points).toBe('3');
  });

  it('offers to go on from the backup that a dead kernel has left, until a run trains', async () => {
    const backup = { file: 'runs/a/backup.keras', epoch: 7, epochs: 20 };
    await open(null, backup);
    expect(isFolded()).toBe(false);
    expect(panel().textContent).toContain(
      'from epoch 7 of 20 are in runs/a/backup.keras'
    );
    const offer = () =>
      screen.queryByRole('button', { name: 'Continue after Epoch 7' });
    await act(async () => {
      fireEvent.click(offer()!);
    });
    expect(kernel.requests.find(({ type }) => type === 'train')).toMatchObject({
      payload: { start: 'backup' }
    });
    act(() => kernel.tell('run', run('building', { step: 0 })));
    expect(offer()).toBeNull();
    act(() => kernel.tell('run', run('failed', { step: 0 })));
    expect(offer()).not.toBeNull();
    act(() => kernel.tell('run', run('training')));
    act(() => kernel.tell('run', run('failed')));
    expect(offer()).toBeNull();
  });

  it('asks before it replaces what the user has under the name, and offers another', async () => {
    await open(null);
    const taken = { name: 'digits', free: 'digits_2', sentence: 'Not yours.' };
    kernel.answers.train = ({ replace, document }) =>
      replace || document.includes('digits_2')
        ? { run: 'new', taken: null }
        : { run: null, taken };
    const press = (name: string) =>
      act(async () => {
        fireEvent.click(screen.getByRole('button', { name }));
      });
    const asked = () => kernel.requests.filter(r => r.type === 'train').pop();
    await act(async () => model.run.train('fresh'));
    expect(isFolded()).toBe(false);
    expect(screen.getByRole('alert').textContent).toContain('Not yours.');
    await press('Replace It');
    expect(asked()).toMatchObject({
      payload: { start: 'fresh', replace: 'digits' }
    });
    expect(screen.queryByRole('alert')).toBeNull();
    await act(async () => model.run.train('trained'));
    const before = kernel.requests.length;
    await press('Cancel');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(kernel.requests).toHaveLength(before);
    await act(async () => model.run.train('trained'));
    await press('Train as digits_2');
    expect(asked()).not.toHaveProperty('payload.replace');
    expect(model.document.model!.kerasviz!.training!.model_name).toBe(
      'digits_2'
    );
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says why a run failed, at which layer, as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const error = {
      code: 'shape',
      layer: hostile,
      message: `Expected 4 features, received: ${hostile}`,
      detail: `ValueError ${hostile}`,
      fix: null
    };
    await open(run('failed', { error, notes: [hostile], device: hostile }));
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('Expected 4 features');
    expect(alert.textContent).toContain(`ValueError ${hostile}`);
    expect(panel().querySelector('img')).toBeNull();
  });

  it('says what training still needs', async () => {
    await open(run('finished'));
    const missing = [...panel().querySelectorAll('[data-missing]')];
    expect(missing.map(item => item.textContent)).toEqual([
      'Pick a data set.',
      'Pick a loss function.'
    ]);
  });
});
