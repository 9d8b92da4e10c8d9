import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { type EditorModel, type IKernelStatus, KernelClient } from '../../core';
import { CommTransport } from './commtransport';
import { processOf } from './kernelprocess';
import { LOST, revive } from './kernelrevival';
import { ensureKernel } from './kernelstart';
import { KernelSetupError, register, Subshell } from './kernelsetup';

/** A kernel that has not been heard of; and one that has, but fails on the control channel (ipykernel 7.4). */
const EARLY: readonly Kernel.Status[] = ['unknown', 'starting'];

/** A session without a kernel that is about to have one: also where the user chose it in the lab's own menu. */
const COMING: readonly string[] = [
  'initializing',
  'starting',
  'restarting'
] satisfies ISessionContext.KernelDisplayStatus[];

/** Keeps a document's editor connected to the kernel of its session, whatever happens to the kernel. */
export class KernelSession implements IDisposable {
  constructor(private readonly _options: KernelSession.IOptions) {
    const { sessionContext } = _options;
    sessionContext.kernelChanged.connect(this._update, this);
    sessionContext.statusChanged.connect(this._update, this);
    sessionContext.connectionStatusChanged.connect(this._update, this);
    sessionContext.iopubMessage.connect(this._onMessage, this);
    this._update();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Lets go of the kernel while somebody else restarts it. */
  setRestarting(isRestarting: boolean): void {
    if (isRestarting !== this._isRestarting) {
      this._isRestarting = isRestarting;
      this._update();
    }
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    const { sessionContext } = this._options;
    sessionContext.kernelChanged.disconnect(this._update, this);
    sessionContext.statusChanged.disconnect(this._update, this);
    sessionContext.connectionStatusChanged.disconnect(this._update, this);
    sessionContext.iopubMessage.disconnect(this._onMessage, this);
    this._attempt++;
    this._endRevival();
    this._release();
  }

  /** Attaches to the kernel when it is there and alive, and lets go of it when it is not. */
  private _update(): void {
    const { sessionContext, trans } = this._options;
    const kernel = sessionContext.session?.kernel ?? null;
    if (!kernel) {
      this._detach(trans.__('The kernel was shut down.'));
      const isComing =
        this._isStarting || COMING.includes(sessionContext.kernelDisplayStatus);
      this._options.model.kernel.setStatus({
        state: isComing ? 'connecting' : 'none',
        message: isComing ? trans.__('Starting a kernel…') : '',
        hello: null,
        start: () => this._start()
      });
      return;
    }
    switch (this._isRestarting ? 'restarting' : kernel.status) {
      case 'dead':
        this._detach(trans.__('The kernel died.'));
        this._setStatus(
          'dead',
          trans.__('The kernel died. Restart it, or choose another one.')
        );
        return;
      case 'autorestarting':
        this._endRevival();
        this._endRevival = revive(kernel);
      // falls through
      case 'restarting':
        this._detach(trans.__('The kernel restarted.'));
        this._setStatus('connecting', trans.__('The kernel is restarting…'));
        return;
      case 'terminating':
        this._detach(trans.__('The kernel was shut down.'));
        this._setStatus('dead', trans.__('The kernel is shutting down…'));
        return;
    }
    if (sessionContext.kernelDisplayStatus === 'restarting') {
      return;
    }
    if (kernel.connectionStatus !== 'connected') {
      // The comms may have missed messages: new ones ask for everything again.
      this._kernel = null;
      this._setStatus('connecting', trans.__('Connecting to the kernel…'));
    } else if (
      this._kernel !== kernel ||
      (this._isEarly && !EARLY.includes(kernel.status))
    ) {
      void this._attach(kernel);
    }
  }

  /** Notices a restart by somebody else, a notebook on the same kernel: JupyterLab tells only those who ask for it. */
  private _onMessage(
    _: ISessionContext,
    message: KernelMessage.IMessage
  ): void {
    const { sessionContext, trans } = this._options;
    const process = processOf(message);
    if (process === null) {
      return;
    }
    const { kernel, process: before } = this._heard;
    this._heard = { kernel: sessionContext.session?.kernel?.id, process };
    if (kernel === this._heard.kernel && process !== before) {
      this._detach(trans.__('The kernel restarted.'));
      this._update();
    }
  }

  private async _attach(kernel: Kernel.IKernelConnection): Promise<void> {
    const { model, trans } = this._options;
    const attempt = ++this._attempt;
    this._kernel = kernel;
    this._isEarly = EARLY.includes(kernel.status);
    this._setStatus('connecting', trans.__('Waiting for the kernel…'));
    try {
      const subshell = await Subshell.create(kernel);
      await this._registered(kernel, subshell, attempt);
      if (attempt !== this._attempt) {
        subshell.dispose();
        return;
      }
      this._isEarly = false;
      this._release();
      this._subshell = subshell;
      this._transports = ['kerasviz', 'kerasviz.control'].map(
        target =>
          new CommTransport({
            kernel,
            target,
            subshell: subshell.id,
            refused: trans.__('The kernel closed the connection.'),
            gone: trans.__('The connection to the kernel was lost.')
          })
      );
      const [transport, control] = this._transports;
      this._client = new KernelClient({ transport, control });
      model.kernel.attach(this._client);
    } catch (reason) {
      if (attempt === this._attempt) {
        this._detach(String(reason));
        this._kernel = kernel;
        this._setStatus(
          'missing',
          reason instanceof KernelSetupError ? reason.message : String(reason)
        );
      }
    }
  }

  /** Registers the comms, on another connection where this one loses the question. */
  private async _registered(
    kernel: Kernel.IKernelConnection,
    subshell: Subshell,
    attempt: number
  ): Promise<void> {
    const isCurrent = () => attempt === this._attempt;
    // The main thread may be busy with a cell for hours; others answer.
    const end = subshell.id ? revive(kernel, isCurrent, LOST) : () => undefined;
    try {
      await register(kernel, subshell, this._options.trans);
    } finally {
      end();
    }
  }

  /** Gets a kernel; those who ask again meanwhile wait for the same one. */
  private _start(): Promise<void> {
    this._starting ??= this._startKernel().finally(() => {
      this._starting = null;
    });
    return this._starting;
  }

  private async _startKernel(): Promise<void> {
    const { sessionContext, dialogs, model } = this._options;
    this._isStarting = true;
    this._update();
    try {
      await ensureKernel(sessionContext, dialogs, model);
    } finally {
      this._isStarting = false;
      if (!this._isDisposed && !sessionContext.session?.kernel) {
        this._update();
      }
    }
  }

  /** Ends the comms with a kernel process that is gone. */
  private _detach(reason: string): void {
    this._attempt++;
    this._kernel = null;
    this._isEarly = false;
    this._subshell = null;
    this._transports.forEach(transport => transport.close(reason));
    this._options.model.kernel.attach(null);
    this._release();
  }

  /** Ends the comms with a kernel that lives on. */
  private _release(): void {
    this._client?.dispose();
    this._client = null;
    this._transports = [];
    this._subshell?.dispose();
    this._subshell = null;
  }

  private _setStatus(state: IKernelStatus['state'], message: string): void {
    this._options.model.kernel.setStatus({ state, message, hello: null });
  }

  private _isDisposed = false;
  private _isStarting = false;
  /** True while somebody else restarts the kernel. */
  private _isRestarting = false;
  private _endRevival: () => void = () => undefined;
  /** The kernel that the comms belong to, or that they are being opened with. */
  private _kernel: Kernel.IKernelConnection | null = null;
  /** The kernel that was heard of last, and its process. */
  private _heard: { kernel?: string; process?: string } = {};
  private _client: KernelClient | null = null;
  private _starting: Promise<void> | null = null;
  private _transports: CommTransport[] = [];
  private _subshell: Subshell | null = null;
  /** True while attaching to a kernel that is not up yet: what it answers may get lost, so try again then. */
  private _isEarly = false;
  /** Counts attempts to attach: one that was overtaken stops. */
  private _attempt = 0;
}

export namespace KernelSession {
  export interface IOptions {
    sessionContext: ISessionContext;
    /** Asks for a kernel. */
    dialogs: ISessionContext.IDialogs;
    model: EditorModel;
    trans: TranslationBundle;
  }
}
