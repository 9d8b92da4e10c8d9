import type { ISessionContext } from '@jupyterlab/apputils';
import { type Kernel, KernelMessage } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import type { EditorModel } from '../../../core';
import { chainModel } from '../../../editor/__tests__/models';
import { LOST } from '../kernelrevival';
import { KernelSession } from '../kernelsession';

/** A context in which a kernel is idle. */
const withKernel = (kernel: unknown) => ({
  session: { kernel },
  kernelDisplayStatus: 'idle'
});

/** A session, with the signals of its context. */
function sessionOf(model: EditorModel, context: object) {
  const changed = new Signal<object, undefined>({});
  const iopubMessage = new Signal<object, KernelMessage.IMessage>({});
  const session = new KernelSession({
    sessionContext: {
      ...context,
      kernelChanged: changed,
      statusChanged: changed,
      connectionStatusChanged: changed,
      iopubMessage
    } as unknown as ISessionContext,
    dialogs: {} as ISessionContext.IDialogs,
    model,
    trans: nullTranslator.load('kerasviz')
  });
  return { session, changed, iopubMessage };
}

describe('KernelSession', () => {
  it.each([
    ['unknown', 'none', ''],
    ['initializing', 'connecting', 'Starting a kernel…'],
    ['starting', 'connecting', 'Starting a kernel…']
  ])(
    'says of a session without a kernel that is %s: %s',
    (kernelDisplayStatus, state, message) => {
      const model = chainModel('InputLayer');
      const { session } = sessionOf(model, {
        session: null,
        kernelDisplayStatus
      });
      expect(model.kernel.status).toMatchObject({ state, message });
      session.dispose();
      model.dispose();
    }
  );

  it('connects again where somebody else restarted the kernel', () => {
    const model = chainModel('InputLayer');
    const attempts = jest.fn(() => ({ done: new Promise(() => undefined) }));
    const kernel = {
      id: 'kernel',
      status: 'idle',
      connectionStatus: 'connected',
      info: new Promise(() => undefined),
      sendControlMessage: attempts
    } as unknown as Kernel.IKernelConnection;
    const { session, iopubMessage } = sessionOf(model, withKernel(kernel));
    const tell = (process: string, state: KernelMessage.Status) =>
      iopubMessage.emit(
        KernelMessage.createMessage<KernelMessage.IStatusMsg>({
          msgType: 'status',
          channel: 'iopub',
          session: process,
          content: { execution_state: state }
        })
      );
    tell('first', 'busy');
    tell('first', 'idle');
    tell('server', 'restarting');
    expect(attempts).toHaveBeenCalledTimes(1);
    tell('second', 'starting');
    expect(attempts).toHaveBeenCalledTimes(2);
    tell('second', 'idle');
    expect(attempts).toHaveBeenCalledTimes(2);

    // A notebook in the same page says so before the process ends.
    session.setRestarting(true);
    expect(model.kernel.status).toMatchObject({
      state: 'connecting',
      message: 'The kernel is restarting…'
    });
    session.setRestarting(false);
    expect(attempts).toHaveBeenCalledTimes(3);
    session.dispose();
    model.dispose();
  });

  it('takes another connection where the kernel tells its status, but answers nothing', async () => {
    jest.useFakeTimers();
    const model = chainModel('InputLayer');
    const asked = jest.fn(() => ({ done: new Promise(() => undefined) }));
    const kernel = {
      id: 'kernel',
      status: 'idle',
      connectionStatus: 'connected',
      info: new Promise(() => undefined),
      spec: Promise.resolve(undefined),
      sendControlMessage: () => ({
        done: Promise.resolve({ content: { subshell_id: 'thread' } })
      }),
      sendShellMessage: asked,
      requestDeleteSubshell: () => undefined,
      reconnect: jest.fn(() => Promise.resolve())
    };
    const { session, changed } = sessionOf(model, withKernel(kernel));
    await jest.advanceTimersByTimeAsync(LOST - 1);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(kernel.reconnect).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(kernel.reconnect).toHaveBeenCalledTimes(1);

    kernel.connectionStatus = 'connecting';
    changed.emit(undefined);
    kernel.connectionStatus = 'connected';
    changed.emit(undefined);
    await jest.advanceTimersByTimeAsync(LOST - 1);
    expect(asked).toHaveBeenCalledTimes(2);
    expect(kernel.reconnect).toHaveBeenCalledTimes(1);
    session.dispose();
    model.dispose();
    jest.useRealTimers();
  });
});
