import type { EditorModel, IRunStatus } from '../../../core';
import {
  editorModel,
  readyKernel,
  run
} from '../../../editor/training/__tests__/editor';
import type { Kernel } from '../../../editor/training/__tests__/kernel';
import { watchEnds } from '../runends';

describe('watchEnds', () => {
  let model: EditorModel;
  let kernel: Kernel;
  let told: string[];

  const tell = (...states: Parameters<typeof run>[0][]) =>
    states.forEach(state => kernel.tell('run', run(state)));

  async function open(last: ReturnType<typeof run> | null): Promise<void> {
    kernel = readyKernel(last);
    model.kernel.attach(kernel.client);
    for (let i = 0; i < 5; i++) {
      await Promise.resolve();
    }
  }

  beforeEach(() => {
    model = editorModel();
    told = [];
    watchEnds(model.run, ({ state }: IRunStatus) => told.push(state));
  });

  afterEach(() => {
    model.dispose();
    model.document.dispose();
  });

  it('tells once that a run ended, and that one broke', async () => {
    await open(null);
    tell('building', 'training', 'finished', 'finished');
    expect(told).toEqual(['finished']);
    tell('training', 'failed');
    expect(told).toEqual(['finished', 'failed']);
  });

  it('does not tell of a run that was over when the page came, nor of one that was stopped', async () => {
    await open(run('finished'));
    tell('training', 'stopping', 'stopped');
    expect(told).toEqual([]);
  });

  it('tells that the kernel died', async () => {
    await open(run('training'));
    kernel.die('The kernel died.');
    expect(told).toEqual(['lost']);
  });

  it('tells of a sweep when its last run ends', async () => {
    await open(null);
    for (const number of [1, 2]) {
      const trial = { group: 'sweep', number, trials: 2 };
      kernel.tell('run', run('training', { run: `${number}`, trial }));
      kernel.tell('run', run('finished', { run: `${number}`, trial }));
    }
    expect(told).toEqual(['finished']);
  });
});
