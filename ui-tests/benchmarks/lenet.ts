/** LeNet-5 as Keras writes it, on the handwritten digits that come with kerasviz, made as large as LeNet takes them. */
export function lenet(): string {
  const layer = (class_name: string, config: Record<string, unknown>) => ({
    module: class_name === 'Sequential' ? 'keras' : 'keras.layers',
    class_name,
    config,
    registered_name: class_name === 'Sequential' ? 'Sequential' : null
  });
  const convolution = (name: string, filters: number, padding: string) =>
    layer('Conv2D', {
      name,
      filters,
      kernel_size: [5, 5],
      padding,
      activation: 'tanh'
    });
  const pooling = (name: string) =>
    layer('AveragePooling2D', { name, pool_size: [2, 2] });
  const dense = (name: string, units: number, activation: string) =>
    layer('Dense', { name, units, activation });
  const layers = [
    layer('InputLayer', { name: 'image', batch_shape: [null, 8, 8, 1] }),
    layer('Resizing', { name: 'larger', height: 28, width: 28 }),
    convolution('conv_1', 6, 'same'),
    pooling('pool_1'),
    convolution('conv_2', 16, 'valid'),
    pooling('pool_2'),
    layer('Flatten', { name: 'flatten' }),
    dense('dense_1', 120, 'tanh'),
    dense('dense_2', 84, 'tanh'),
    dense('digit', 10, 'softmax')
  ];
  return JSON.stringify({
    ...layer('Sequential', { name: 'lenet', layers }),
    kerasviz: {
      version: 1,
      training: { data: { class_name: 'digits', config: {} } }
    }
  });
}
