/** Numbers for people, as Keras' `summary()` writes them. */

/** `2,112`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** A number as people write it: `1e-7` and not `9.999999e-8`. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** `8.25 KB`; a KB is 1024 bytes, as in `keras.Model.summary`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(2)} ${units[unit]}`;
}

/** What people call a backend of Keras. */
export function formatBackend(backend: string): string {
  return BACKENDS[backend] ?? backend;
}

const BACKENDS: { [backend: string]: string } = {
  tensorflow: 'TensorFlow',
  jax: 'JAX',
  torch: 'PyTorch'
};
