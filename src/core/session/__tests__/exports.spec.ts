import { editor, until } from '../../__tests__/model';
import { hello, Kernel } from '../../__tests__/kernel';
import type { ISavingEvent } from '../../protocol';

const going = (path: string, step: string | null): ISavingEvent => ({
  path,
  step,
  saved: null,
  error: null
});

async function attached(
  saving: ISavingEvent[]
): Promise<{ model: ReturnType<typeof editor>; kernel: Kernel }> {
  const model = editor();
  const kernel = new Kernel({
    hello: () => hello({ saving }),
    end_save: () => ({})
  });
  model.kernel.attach(kernel.client);
  await until(model, () => model.kernel.status.state === 'ready');
  return { model, kernel };
}

describe('exports', () => {
  it('are found by a page that is opened meanwhile, which is told of their end', async () => {
    const { model, kernel } = await attached([going('net.onnx', 'Tracing…')]);
    const ended: ISavingEvent[] = [];
    model.exports.ended.connect((_, event) => ended.push(event));
    expect([...model.exports.going]).toEqual([['net.onnx', 'Tracing…']]);
    kernel.tell('saving', 1, going('net.onnx', 'Comparing…'));
    kernel.tell('saving', 2, going('net.tflite', 'Starting…'));
    expect(model.exports.going.get('net.onnx')).toBe('Comparing…');
    await model.exports.stop('net.tflite');
    expect(kernel.asked('end_save')).toEqual([{ path: 'net.tflite' }]);
    kernel.tell('saving', 3, going('net.onnx', null));
    expect([...model.exports.going.keys()]).toEqual(['net.tflite']);
    expect(ended.map(({ path }) => path)).toEqual(['net.onnx']);
    model.kernel.attach(null);
    expect(model.exports.going.size).toBe(0);
  });

  it('are not told twice to a page that waits for the answer', async () => {
    const { model, kernel } = await attached([]);
    const ended: ISavingEvent[] = [];
    model.exports.ended.connect((_, event) => ended.push(event));
    const answer = model.exports.awaited(
      'net.onnx',
      new Promise(resolve => setTimeout(() => resolve('saved')))
    );
    kernel.tell('saving', 1, going('net.onnx', 'Starting…'));
    kernel.tell('saving', 2, going('net.onnx', null));
    expect(await answer).toBe('saved');
    kernel.tell('saving', 3, going('net.onnx', null));
    expect(ended).toHaveLength(1);
  });
});
