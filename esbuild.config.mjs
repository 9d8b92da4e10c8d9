/** Builds what the notebook widget sends to the page: `kerasviz/static`. */
import { copyFile, readFile } from 'node:fs/promises';
import { build } from 'esbuild';

const { version } = JSON.parse(await readFile('package.json', 'utf8'));

const shared = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  // The licences of what is bundled ask for their notices: they are in a file beside it.
  legalComments: 'external',
  outdir: 'kerasviz/static',
  logLevel: 'warning'
};

const { metafile } = await build({
  ...shared,
  entryPoints: { widget: 'src/notebook/anywidget.tsx' },
  metafile: true,
  // A mark of Yjs, which warns where two are on a page: documents of one mean nothing to the other. Those of the widget
  // never meet those of the page.
  banner: { js: "delete globalThis['__ $YJS$ __'];" },
  jsx: 'transform',
  loader: { '.svg': 'text' },
  // rjsf uses one, a dependency of it the other: once is enough.
  alias: { 'lodash-es': 'lodash' },
  define: {
    'process.env.NODE_ENV': '"production"',
    KERASVIZ_VERSION: JSON.stringify(version)
  }
});

// Plotly becomes a module, so that it leaves no global in the page.
await build({ ...shared, entryPoints: { plotly: 'plotly.js-basic-dist-min' } });
await copyFile('src/core/catalog/catalog.json', 'kerasviz/static/catalog.json');

for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
  console.log(`${file} ${Math.round(bytes / 1000)} kB`);
}
