import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';
import { drawnSample } from './drawnsample';
import { lenet } from './lenet';
import { FOLDER, quantile, report } from './report';

const EDITS = 40;

/** What a name says, the document, the layers whose activation is changed, and the promise in milliseconds. */
const NETWORKS = [
  ['LeNet on digits', lenet, ['Conv2D', 'Dense'], 150],
  [
    'ResNet50 (177 layers)',
    () => readFileSync(path.join(FOLDER, 'ResNet50.keras.json'), 'utf8'),
    ['Activation'],
    500
  ]
] as const;

/** From a change of a layer's activation to its new pictures on its card, where the cards in sight show theirs. */
for (const [name, text, classes, limit] of NETWORKS) {
  test(`edit to pictures, ${name}`, async ({ page, tmpPath }) => {
    const file = `${tmpPath}/network.keras.json`;
    const editor = await EditorPage.open(page, file, text());
    await editor.startKernel();
    await expect(
      editor.root.locator('.jp-kerasviz-LayerNode-shape').first()
    ).toHaveText(/\(None/, { timeout: 120_000 });
    const sample = await drawnSample(page, 224);
    const times = await page.evaluate(
      async ({ edits, classes, sample }) => {
        const { editor } = window.jupyterapp.shell.currentWidget as unknown as {
          editor: import('../../src/core').EditorModel;
        };
        const { document: drawing, inside, selection } = editor;
        const frame = () => new Promise(requestAnimationFrame);
        const until = async (isSo: () => unknown) => {
          while (!isSo()) {
            await frame();
          }
        };
        if (drawing.model!.kerasviz?.training) {
          await inside.open();
        } else {
          await inside.follow(sample);
        }
        const nodes = drawing.graph.nodes.filter(
          ({ class_name, config }) =>
            classes.includes(class_name) && config.activation !== 'softmax'
        );
        const times: number[] = [];
        for (let i = 0; i < edits; i++) {
          const node = nodes[i % nodes.length];
          const said = () =>
            document
              .querySelector(
                `.react-flow__node[data-id="${CSS.escape(node.id)}"] .jp-kerasviz-OutputView`
              )
              ?.getAttribute('aria-label');
          selection.select([node.id]);
          await until(said);
          // What the canvas and the analysis still have to say of the edit before is not ours.
          await until(() => !editor.analysis.value.pending);
          const resting = performance.now() + 500;
          await until(() => performance.now() > resting);
          const before = said();
          const { activation } = node.config;
          const start = performance.now();
          drawing.setArguments(node.layer, {
            activation: activation === 'tanh' ? 'relu' : 'tanh'
          });
          await until(() => said() !== before);
          await frame(); // it is on the screen
          times.push(performance.now() - start);
          drawing.undo();
          await until(() => said() === before);
        }
        return times;
      },
      { edits: EDITS, classes: [...classes] as string[], sample }
    );
    const [p95, median] = [quantile(times, 0.95), quantile(times, 0.5)];
    report(`look-${name.split(' ')[0]}`, [
      {
        what: `edit to the new pictures on its card and on all in sight, ${name}, p95 of ${EDITS}`,
        ours: `${p95.toFixed(0)} ms (median ${median.toFixed(0)} ms)`,
        peer: 'no peer does this; the limit is the measure',
        ratio: (p95 / limit).toFixed(2),
        limit: `1 (${limit} ms)`
      }
    ]);
  });
}
