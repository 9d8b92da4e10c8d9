import { CATALOG } from '../../__tests__/fixtures';
import { hello, Kernel, status } from '../../__tests__/kernel';
import { editor, until } from '../../__tests__/model';

describe('statistics of layers', () => {
  let kernel: Kernel;
  let step: number;
  let told: number;
  const asked = () => kernel.asked('statistics').length;
  const tell = (run: string, measured?: number) =>
    kernel.tell('run', ++told, {
      status: status({
        run,
        step: 9,
        ...(measured === undefined ? {} : { measured })
      }),
      curves: { batch: {}, epoch: {} }
    });

  beforeEach(() => {
    step = told = 0;
    kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      statistics: () => ({ measured: { step: step++, epoch: 0, layers: {} } })
    });
  });

  it('cost nothing while cards do not show them', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await until(model, () => model.kernel.status.state === 'ready');
    tell('run-1', 0);
    expect(model.run.history?.status.measured).toBe(0);
    expect(asked()).toBe(0);
    model.statistics.show(true);
    await until(model, () => model.statistics.value.measured !== null);
    expect(asked()).toBe(1);
    model.statistics.show(false);
    expect(model.statistics.value.measured).toBeNull();
    tell('run-1', 5);
    expect(asked()).toBe(1);
    model.dispose();
  });

  it('are those of the epoch that is shown, at once', async () => {
    const model = editor();
    model.kernel.attach(kernel.client);
    await until(model, () => model.kernel.status.state === 'ready');
    model.statistics.show(true);
    expect(asked()).toBe(0);
    const at = { run: 'first', epoch: 3 };
    model.moment.set({ ...model.moment.value, at });
    await until(model, () => model.statistics.value.measured !== null);
    const later = { run: 'first', epoch: 4 };
    model.moment.set({ ...model.moment.value, at: later });
    await until(model, () => model.statistics.value.measured?.step === 1);
    expect(kernel.asked('statistics')).toEqual([{ at }, { at: later }]);
    model.moment.showNow();
    await until(model, () => model.statistics.value.measured === null);
    model.dispose();
  });

  it('are asked for when there are new ones, at most once a second', async () => {
    jest.useFakeTimers();
    const model = editor();
    model.kernel.attach(kernel.client);
    await jest.advanceTimersByTimeAsync(10);
    model.statistics.show(true);
    tell('run-1');
    await jest.advanceTimersByTimeAsync(2000);
    expect(asked()).toBe(0);
    for (const measured of [1, 1, 2, 3]) {
      tell('run-1', measured);
    }
    await jest.advanceTimersByTimeAsync(10);
    expect(asked()).toBe(1);
    await jest.advanceTimersByTimeAsync(2000);
    expect(asked()).toBe(2);
    expect(model.statistics.value.measured?.step).toBe(1);
    tell('run-2');
    expect(model.statistics.value.measured).toBeNull();
    model.dispose();
    jest.useRealTimers();
  });
});
