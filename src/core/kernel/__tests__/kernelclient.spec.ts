import { KernelClient, KernelError, PROTOCOL_VERSION } from '../..';
import { Wire } from '../../__tests__/kernel';

describe('KernelClient', () => {
  it('pairs replies with requests, in whatever order they come', async () => {
    const transport = new Wire();
    const client = new KernelClient({ transport });
    const first = client.request('arrays', {});
    const second = client.request('arrays', {});
    const [a, b] = transport.sent;
    expect(a).toMatchObject({ type: 'arrays', version: PROTOCOL_VERSION });
    expect(a.id).not.toBe(b.id);
    transport.received.emit({ id: b.id, ok: true, payload: { arrays: ['b'] } });
    transport.received.emit({ id: a.id, ok: true, payload: { arrays: ['a'] } });
    expect(await first).toEqual({ arrays: ['a'] });
    expect(await second).toEqual({ arrays: ['b'] });
  });

  it('rejects with what the kernel says is wrong', async () => {
    const transport = new Wire();
    const client = new KernelClient({ transport });
    const reply = client.request('history', { run: 'x' });
    const error = {
      code: 'unknown_run',
      layer: null,
      message: 'No such run.',
      detail: null,
      fix: null
    };
    transport.received.emit({ id: transport.sent[0].id, ok: false, error });
    await expect(reply).rejects.toBeInstanceOf(KernelError);
    await expect(reply).rejects.toMatchObject({
      message: 'No such run.',
      error
    });
  });

  it('sends controls over the control transport and takes the reply from the other', async () => {
    const [transport, control] = [new Wire(), new Wire()];
    const client = new KernelClient({ transport, control });
    const reply = client.control({ run: 'x', action: 'stop' });
    expect(transport.sent).toEqual([]);
    expect(control.sent[0]).toMatchObject({
      type: 'control',
      payload: { run: 'x', action: 'stop' }
    });
    transport.received.emit({ id: control.sent[0].id, ok: true, payload: {} });
    expect(await reply).toEqual({});
  });

  it('sends controls the usual way where there is no other', () => {
    const transport = new Wire();
    void new KernelClient({ transport }).control({ run: 'x', action: 'pause' });
    expect(transport.sent).toHaveLength(1);
  });

  it('says what to do where a message cannot be sent', async () => {
    const transport = new Wire();
    transport.send = () => {
      throw new Error('Cannot send');
    };
    const client = new KernelClient({ transport });
    await expect(client.request('arrays', {})).rejects.toMatchObject({
      message:
        'The connection to the kernel is lost. Run the cell again, or restart the kernel.',
      error: { code: 'unreachable' }
    });
  });

  it('emits events, and ignores what it does not know', () => {
    const transport = new Wire();
    const client = new KernelClient({ transport });
    const events: unknown[] = [];
    client.event.connect((_, event) => events.push(event));
    const event = { event: 'catalog', seq: 1, payload: { hash: 'x' } };
    transport.received.emit({ id: 'nobody', ok: true, payload: {} });
    transport.received.emit({});
    transport.received.emit(event);
    expect(events).toEqual([event]);
  });

  it('rejects what waits, and what comes later, once the kernel is gone', async () => {
    const transport = new Wire();
    const client = new KernelClient({ transport });
    const reasons: string[] = [];
    client.closed.connect((_, reason) => reasons.push(reason));
    const waiting = client.request('arrays', {});
    transport.closed.emit('The kernel died.');
    transport.closed.emit('Again.');
    await expect(waiting).rejects.toThrow('The kernel died.');
    await expect(client.request('arrays', {})).rejects.toThrow(KernelError);
    expect(reasons).toEqual(['The kernel died.']);
    expect(transport.sent).toHaveLength(1);
  });

  it('gives its transports up when disposed', async () => {
    const [transport, control] = [new Wire(), new Wire()];
    const client = new KernelClient({ transport, control });
    const waiting = client.request('arrays', {});
    client.dispose();
    client.dispose();
    expect([transport.isDisposed, control.isDisposed]).toEqual([true, true]);
    await expect(waiting).rejects.toThrow(KernelError);
  });
});
