import { type Kernel, KernelMessage } from '@jupyterlab/services';
import { type JSONObject, UUID } from '@lumino/coreutils';
import { type ISignal, Signal } from '@lumino/signaling';
import type { ITransport } from '../../core';

/**
 * A comm with a kernel.
 *
 * It is made of messages, and not by `createComm`, because only one connection to a kernel may handle comms: with a
 * notebook on the same kernel that is the notebook's, and closing the notebook would close the comm as well.
 */
export class CommTransport implements ITransport {
  constructor(private readonly _options: CommTransport.IOptions) {
    const { kernel, target, subshell } = _options;
    kernel.iopubMessage.connect(this._onMessage, this);
    kernel.disposed.connect(this._onGone, this);
    kernel.sendShellMessage(
      KernelMessage.createMessage<KernelMessage.ICommOpenMsg<'shell'>>({
        ...this._envelope,
        msgType: 'comm_open',
        subshellId: subshell,
        content: { comm_id: this._id, target_name: target, data: {} }
      })
    );
  }

  get received(): ISignal<this, JSONObject> {
    return this._received;
  }

  get closed(): ISignal<this, string> {
    return this._closed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  send(message: JSONObject): void {
    const { kernel, subshell } = this._options;
    kernel.sendShellMessage(
      KernelMessage.createMessage<KernelMessage.ICommMsgMsg<'shell'>>({
        ...this._envelope,
        msgType: 'comm_msg',
        subshellId: subshell,
        content: { comm_id: this._id, data: message }
      })
    );
  }

  /** Ends the comm without a word to the kernel, which is gone. */
  close(reason: string): void {
    if (!this._isDisposed) {
      this._closed.emit(reason);
      this._detach();
    }
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    const { kernel, subshell } = this._options;
    if (!kernel.isDisposed && kernel.status !== 'dead') {
      kernel.sendShellMessage(
        KernelMessage.createMessage<KernelMessage.ICommCloseMsg<'shell'>>({
          ...this._envelope,
          msgType: 'comm_close',
          subshellId: subshell,
          content: { comm_id: this._id, data: {} }
        })
      );
    }
    this._detach();
  }

  private get _envelope() {
    const { username, clientId: session } = this._options.kernel;
    return { channel: 'shell' as const, username, session };
  }

  private _detach(): void {
    this._isDisposed = true;
    this._options.kernel.iopubMessage.disconnect(this._onMessage, this);
    this._options.kernel.disposed.disconnect(this._onGone, this);
    Signal.clearData(this);
  }

  private _onMessage(
    _: Kernel.IKernelConnection,
    message: KernelMessage.IIOPubMessage
  ): void {
    if (
      KernelMessage.isCommMsgMsg(message) &&
      message.content.comm_id === this._id
    ) {
      this._received.emit(message.content.data as JSONObject);
    } else if (
      KernelMessage.isCommCloseMsg(message) &&
      message.content.comm_id === this._id
    ) {
      this.close(this._options.refused);
    }
  }

  private _onGone(): void {
    this.close(this._options.gone);
  }

  private readonly _id = UUID.uuid4();
  private _isDisposed = false;
  private _received = new Signal<this, JSONObject>(this);
  private _closed = new Signal<this, string>(this);
}

export namespace CommTransport {
  export interface IOptions {
    kernel: Kernel.IKernelConnection;
    target: string;
    /** The kernel's thread that handles the messages; null is its main one, which waits for running cells. */
    subshell: string | null;
    /** Says that the kernel closed the comm. */
    refused: string;
    /** Says that the connection to the kernel ended. */
    gone: string;
  }
}
