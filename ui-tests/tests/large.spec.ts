import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

const LAYERS = 300;

/** A chain of Dense layers, as `model.to_json()` writes it. */
function chain(): string {
  const layer = (i: number) => ({
    module: 'keras.layers',
    class_name: 'Dense',
    config: { name: `dense_${i}`, units: 4 },
    registered_name: null
  });
  return JSON.stringify({
    module: 'keras',
    class_name: 'Sequential',
    config: {
      name: 'chain',
      layers: Array.from({ length: LAYERS }, (_, i) => layer(i))
    },
    registered_name: null
  });
}

test('a large model opens where it begins, and keeps its lines when it is seen from far away', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/chain.keras.json`;
  await page.contents.uploadContent(chain(), 'text', file);
  await page.filebrowser.open(file);
  const editor = new EditorPage(
    page,
    page.locator('.jp-kerasviz-Document:visible')
  );
  const ports = editor.root.locator('.react-flow__handle');
  await expect(editor.node('dense_0:0')).toBeInViewport();
  await expect(ports).not.toHaveCount(0);
  await expect(editor.root.locator('.react-flow__minimap-node')).toHaveCount(
    LAYERS
  );

  await editor.command('fit-view');
  await expect(editor.node(`dense_${LAYERS - 1}:0`)).toBeInViewport();
  await expect(editor.root.locator('.react-flow__edge')).toHaveCount(
    LAYERS - 1
  );
  await expect(ports).toHaveCount(0);
});
