import type { ISessionContext } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { chainModel } from '../../../editor/__tests__/models';
import { KernelSession } from '../kernelsession';

describe('KernelSession', () => {
  it.each([
    ['unknown', 'none', ''],
    ['initializing', 'connecting', 'Starting a kernel…'],
    ['starting', 'connecting', 'Starting a kernel…']
  ])(
    'says of a session without a kernel that is %s: %s',
    (kernelDisplayStatus, state, message) => {
      const model = chainModel('InputLayer');
      const changed = new Signal<object, never>({});
      const session = new KernelSession({
        sessionContext: {
          session: null,
          kernelDisplayStatus,
          kernelChanged: changed,
          statusChanged: changed,
          connectionStatusChanged: changed
        } as unknown as ISessionContext,
        dialogs: {} as ISessionContext.IDialogs,
        model,
        trans: nullTranslator.load('kerasviz')
      });
      expect(model.kernel.status).toMatchObject({ state, message });
      session.dispose();
      model.dispose();
    }
  );
});
