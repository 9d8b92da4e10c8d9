/**
 * The editor's own document, for tests in Python: each line on stdin is a question, each line on stdout its answer.
 *
 * `npm`'s esbuild bundles src/core as it stands, so that nothing has to be built before.
 */
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = await build({
  stdin: {
    contents: `
      export { CatalogIndex, KerasDocument, modelIn } from './src/core';
      export { applyUpdate, encodeStateAsUpdate } from 'yjs';`,
    resolveDir: root
  },
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  logLevel: 'error',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  write: false
});
const code = Buffer.from(bundle.outputFiles[0].contents).toString('base64');
const core = await import(`data:text/javascript;base64,${code}`);
const catalog = new core.CatalogIndex(
  JSON.parse(readFileSync(`${root}src/core/catalog/catalog.json`, 'utf8'))
);

/** A document that got what another one shares. */
function received(update) {
  const document = core.KerasDocument.create();
  document.catalog = catalog;
  if (update) {
    core.applyUpdate(document.ydoc, Buffer.from(update, 'base64'));
  }
  return document;
}

function open(text) {
  const document = received();
  document.setSource(text);
  if (document.error) {
    throw new Error(document.error);
  }
  return document;
}

/** Shows every model in the one that is shown, with an edit that is undone in each. */
function visit(document, path = []) {
  document.show(path);
  document.addLayer({ entry: catalog.layer('Dense'), config: { units: 3 } });
  document.undo();
  const nodes = [...document.graph.byId.keys()];
  document.remove(nodes.slice(-1));
  document.undo();
  const inner = document.shown.config.layers.filter(core.modelIn);
  let count = 1;
  for (const layer of inner) {
    count += visit(document, [...path, layer.name ?? layer.config.name]);
  }
  return count;
}

/** What another page gets of the document through the CRDT, as text. */
function copied(document) {
  const copy = core.KerasDocument.create();
  core.applyUpdate(copy.ydoc, core.encodeStateAsUpdate(document.ydoc));
  return copy.getSource();
}

const QUESTIONS = {
  /** The text after every model in the document was visited, and as another page has it. */
  visit({ text }) {
    const document = open(text);
    const copy = copied(document);
    const models = visit(document);
    return { text: document.getSource(), copy, models };
  },
  /**
   * The text after edits, each `[method, ...arguments]`, of a document that holds a text, or what another one shares,
   * and what it shares then.
   */
  edit({ text, update, edits = [] }) {
    const document = text === undefined ? received(update) : open(text);
    for (const [method, ...parameters] of edits) {
      document[method](...parameters);
    }
    return {
      text: document.getSource(),
      refusal: document.error,
      model: document.model,
      update: Buffer.from(core.encodeStateAsUpdate(document.ydoc)).toString(
        'base64'
      )
    };
  }
};

for await (const line of createInterface({ input: process.stdin })) {
  const { question, ...parameters } = JSON.parse(line);
  let answer;
  try {
    answer = QUESTIONS[question](parameters);
  } catch (error) {
    answer = { error: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
// Documents keep timers for their collaborators.
process.exit();
