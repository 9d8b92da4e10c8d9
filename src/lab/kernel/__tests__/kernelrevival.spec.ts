import type { Kernel } from '@jupyterlab/services';
import { revive, SILENCE } from '../kernelrevival';

/** A kernel of which only the state of its connection is looked at. */
function silentKernel() {
  const state = {
    isDisposed: false,
    status: 'unknown' as Kernel.Status,
    connectionStatus: 'connected' as Kernel.ConnectionStatus,
    reconnect: jest.fn(() => Promise.resolve())
  };
  return { state, kernel: state as unknown as Kernel.IKernelConnection };
}

describe('reviving a kernel that restarted by itself', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('connects again while the kernel says nothing, and no more when it does', () => {
    const { state, kernel } = silentKernel();
    revive(kernel);
    jest.advanceTimersByTime(2 * SILENCE);
    expect(state.reconnect).toHaveBeenCalledTimes(2);
    state.status = 'idle';
    jest.advanceTimersByTime(SILENCE);
    state.status = 'unknown';
    jest.advanceTimersByTime(10 * SILENCE);
    expect(state.reconnect).toHaveBeenCalledTimes(2);
  });

  it('leaves a connection alone that is being made', () => {
    const { state, kernel } = silentKernel();
    state.connectionStatus = 'connecting';
    revive(kernel);
    jest.advanceTimersByTime(3 * SILENCE);
    expect(state.reconnect).not.toHaveBeenCalled();
  });

  it.each([
    [
      'is disposed',
      (kernel: { isDisposed: boolean }) => (kernel.isDisposed = true)
    ],
    ['is told to end', (_: unknown, end: () => void) => end()]
  ])('ends when it %s', (_, stop) => {
    const { state, kernel } = silentKernel();
    stop(state, revive(kernel));
    jest.advanceTimersByTime(3 * SILENCE);
    expect(state.reconnect).not.toHaveBeenCalled();
  });
});
