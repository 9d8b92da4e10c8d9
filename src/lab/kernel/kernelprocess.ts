import { KernelMessage } from '@jupyterlab/services';

/** What a kernel says of itself. The rest is told by Jupyter Server, which has a session of its own for its messages. */
const OWN: readonly KernelMessage.Status[] = ['starting', 'idle', 'busy'];

/**
 * Tells which process of a kernel sent a message: each has a session of its own for its messages.
 *
 * @returns Null where the message does not tell.
 */
export function processOf(message: KernelMessage.IMessage): string | null {
  return KernelMessage.isStatusMsg(message) &&
    OWN.includes(message.content.execution_state)
    ? message.header.session
    : null;
}
