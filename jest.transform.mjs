/** Compiles a module for jest. Types are seen by `make lint`, which has tsc check those of the specs, all at once. */
import path from 'node:path';
import { transformSync } from 'esbuild';

const LOADERS = { '.ts': 'ts', '.tsx': 'tsx' };

export default {
  process: (source, file) =>
    transformSync(source, {
      format: 'cjs',
      loader: LOADERS[path.extname(file)] ?? 'js',
      sourcefile: file,
      sourcemap: 'inline',
      target: 'es2022'
    })
};
