import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import type { CDPSession } from '@playwright/test';
import type { EditorModel } from '../../src/core';
import { EditorPage } from '../editorpage';
import { quantile, report } from './report';

/** Batches in a message: ten messages a second tell of 10,000 batches. */
const BATCHES = 1000;
const MESSAGES = 1000;

/** Milliseconds until the next message comes. */
const PAUSE = 100;

/** How often the peer is drawn. */
const PEER_DRAWS = 5;

/** What the benchmark uses of a document's widget. */
interface IKerasWidget {
  content: {
    editor: {
      model: EditorModel;
      host: {
        assets: { plotly(): Promise<typeof import('plotly.js')> };
      };
    };
  };
}

const DIGITS = readFileSync('../examples/digits.keras.json', 'utf8');

/** A run of a million batches, as messages from a kernel tell of it, against one Plotly curve with all of its points. */
test('the charts of a million batches', async ({ page, tmpPath }) => {
  const file = `${tmpPath}/digits.keras.json`;
  await page.contents.uploadContent(DIGITS, 'text', file);
  await page.filebrowser.open(file);
  const editor = new EditorPage(
    page,
    page.locator('.jp-kerasviz-Document:visible')
  );
  await editor.startKernel();
  await expect(editor.shape('classes:0')).toHaveText('(None, 10)');
  await editor.command('train');
  await expect.poll(() => editor.points('loss')).toBeGreaterThan(5);
  await editor.button('stop').click();
  await expect(editor.panel).toHaveAttribute('data-state', 'stopped');
  await expect(editor.chart('loss').locator('.plotly')).not.toHaveCount(0);

  const session = await page.context().newCDPSession(page.context().pages()[0]);
  const before = await heap(session);
  const ours = await page.evaluate(
    async ([messages, batches]) => {
      const { model } = (
        window.jupyterapp.shell.currentWidget as unknown as IKerasWidget
      ).content.editor;
      const run = model.run.history!;
      const frame = () =>
        new Promise<number>(resolve => requestAnimationFrame(resolve));
      const times: number[] = [];
      let last = run.curves.batch.loss.x.at(-1)!;
      for (let message = 0; message < messages; message++) {
        const x = Array.from({ length: batches }, () => ++last);
        const y = x.map(i => 1 / Math.sqrt(i) + 0.1 * Math.random());
        await frame();
        const start = performance.now();
        run.apply({
          status: run.status,
          curves: { batch: { loss: { x, y } }, epoch: {} }
        });
        model.run['_changed'].emit();
        // React has rendered and Plotly drawn when the frame after theirs begins.
        await frame();
        await frame();
        times.push(performance.now() - start);
      }
      return times;
    },
    [MESSAGES, BATCHES]
  );
  const grown = (await heap(session)) - before;
  expect(await editor.points('loss')).toBeGreaterThan(1000);

  const peer = await page.evaluate(
    async ([count, draws]) => {
      const { host } = (
        window.jupyterapp.shell.currentWidget as unknown as IKerasWidget
      ).content.editor;
      const plotly = await host.assets.plotly();
      const element = document.createElement('div');
      element.style.cssText = 'position: fixed; width: 400px; height: 200px';
      document.body.append(element);
      const x = Array.from({ length: count }, (_, i) => i);
      const y = x.map(i => 1 / Math.sqrt(i + 1) + 0.1 * Math.random());
      const times: number[] = [];
      await plotly.newPlot(element, [{ x, y, mode: 'lines' }]);
      for (let draw = 0; draw < draws; draw++) {
        const start = performance.now();
        await plotly.extendTraces(
          element,
          { x: [[count + draw]], y: [[0]] },
          [0]
        );
        await new Promise(requestAnimationFrame);
        times.push(performance.now() - start);
      }
      return times;
    },
    [MESSAGES * BATCHES, PEER_DRAWS]
  );
  const peerGrown = (await heap(session)) - before - grown;

  const [time, peerTime] = [quantile(ours, 0.95), quantile(peer, 0.5)];
  report('points', [
    {
      what: 'a message with new points until drawn, on the way to a million batches, p95',
      ours: `${time.toFixed(0)} ms (median ${quantile(ours, 0.5).toFixed(0)} ms)`,
      peer: `a Plotly line of a million points ${peerTime.toFixed(0)} ms`,
      ratio: (time / PAUSE).toFixed(2),
      limit: `1 (${PAUSE} ms, when the next message comes)`
    },
    {
      what: 'memory of the page for the curves of a million batches',
      ours: megabytes(grown),
      peer: `a Plotly line of a million points ${megabytes(peerGrown)}`,
      ratio: (Math.max(grown, 0) / peerGrown).toFixed(2),
      limit: 'below 1'
    }
  ]);
});

/** Bytes that the page's objects take, without garbage. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
