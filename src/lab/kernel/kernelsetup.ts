/** Prepares a kernel for talking with the editor. */
import { type Kernel, KernelMessage } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';

/** The only code that is ever run in the user's kernel: it makes the comm targets known, and sets no variable. */
const REGISTER =
  "__import__('kerasviz.comm', fromlist=['register']).register()";

/** Milliseconds after which a thread is asked for again: a kernel that has just begun may lose the question. */
const PATIENCE = 5000;

/** Why a kernel can't work with kerasviz, for people. */
export class KernelSetupError extends Error {}

/** A thread of the kernel that handles messages while a cell runs. */
export class Subshell implements IDisposable {
  private constructor(
    private readonly _kernel: Kernel.IKernelConnection,
    /** Its id, or null where the kernel has no such threads (ipykernel before 7). */
    readonly id: string | null
  ) {}

  /**
   * Starts one in a kernel.
   *
   * The kernel tells on its main thread whether it can, and a running cell may hold that up for long: so it is asked
   * for one without waiting, and what comes first counts.
   */
  static async create(kernel: Kernel.IKernelConnection): Promise<Subshell> {
    const told = kernel.info.then(() =>
      kernel.supportsSubshells ? new Promise<never>(() => undefined) : null
    );
    for (;;) {
      const created = Subshell._ask(kernel);
      const late = new Promise<undefined>(resolve =>
        setTimeout(resolve, PATIENCE)
      );
      const id = await Promise.race([created, told, late]);
      if (id !== undefined) {
        return new Subshell(kernel, id);
      }
      // Its answer may still come: a thread too many, which ends.
      created
        .then(id => new Subshell(kernel, id).dispose())
        .catch(() => undefined);
    }
  }

  /** Asks for a thread; its id, or null where the kernel refuses. */
  private static _ask(kernel: Kernel.IKernelConnection) {
    const request =
      KernelMessage.createMessage<KernelMessage.ICreateSubshellRequestMsg>({
        msgType: 'create_subshell_request',
        channel: 'control',
        username: kernel.username,
        session: kernel.clientId,
        content: {}
      });
    return kernel.sendControlMessage(request, true).done.then(reply => {
      const { content } = reply as KernelMessage.ICreateSubshellReplyMsg;
      return content.subshell_id ?? null;
    });
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    const { _kernel: kernel, id } = this;
    if (id !== null && !kernel.isDisposed && kernel.status !== 'dead') {
      kernel.requestDeleteSubshell({ subshell_id: id });
    }
  }

  private _isDisposed = false;
}

/**
 * Registers kerasviz' comm targets.
 *
 * @throws KernelSetupError which says what to install.
 */
export async function register(
  kernel: Kernel.IKernelConnection,
  subshell: Subshell,
  trans: TranslationBundle
): Promise<void> {
  const language = (await kernel.spec)?.language ?? 'python';
  if (language !== 'python') {
    throw new KernelSetupError(
      trans.__(
        'This kernel runs %1. Expected a Python kernel with kerasviz installed. Choose another kernel in the toolbar.',
        language
      )
    );
  }
  const request = KernelMessage.createMessage<KernelMessage.IExecuteRequestMsg>(
    {
      msgType: 'execute_request',
      channel: 'shell',
      username: kernel.username,
      session: kernel.clientId,
      subshellId: subshell.id,
      content: {
        code: REGISTER,
        silent: true,
        store_history: false,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: false
      }
    }
  );
  const { content } = (await kernel.sendShellMessage(request, true)
    .done) as KernelMessage.IExecuteReplyMsg;
  if (content.status === 'error') {
    throw new KernelSetupError(explain(content, kernel.name, trans));
  }
}

function explain(
  error: KernelMessage.IReplyErrorContent,
  kernel: string,
  trans: TranslationBundle
): string {
  const { ename, evalue } = error;
  const module = /^No module named '([\w.]+)'/.exec(evalue)?.[1];
  if (ename === 'ModuleNotFoundError' && module) {
    return trans.__(
      'The kernel "%1" has no package "%2". Run "pip install kerasviz" in its environment and restart the kernel, or choose another kernel.',
      kernel,
      module.split('.')[0]
    );
  }
  return trans.__(
    'kerasviz could not start in the kernel "%1". %2: %3',
    kernel,
    ename,
    evalue
  );
}
