import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  expect,
  type APIRequestContext,
  type Browser,
  type Page
} from '@playwright/test';
import { FOLDER } from './report';
import { restored } from './restored';

const FILE = 'NASNetLarge.keras.json';
const NETRON = 'http://localhost:8897/';

/** A program that draws NASNetLarge, 1,041 layers. Expressions are of the page's JavaScript. */
export interface IProgram {
  name: string;
  /** A new page, with nothing in its caches, in which the program is loaded and has nothing left to do. */
  idlePage(browser: Browser): Promise<Page>;
  /** Begins to open the file. */
  open: string;
  /** Whether all layers have their places, and those in sight are drawn with their edges. */
  isDrawn: string;
  /** Whether the mouse at (x, y) would drag the whole drawing. */
  isFree: string;
  /** The key that makes the wheel zoom, if it takes one. */
  zoomKey: string | null;
}

export const KERASVIZ: IProgram = {
  name: 'kerasviz',
  idlePage: async browser => {
    const page = await browser.newPage();
    await page.goto('/lab?reset');
    await restored(page);
    await page.waitForLoadState('networkidle');
    return page;
  },
  open: `window.jupyterapp.commands.execute('docmanager:open', { path: '${FILE}' })`,
  isDrawn: `document.querySelectorAll('.react-flow__minimap-node').length > 1000 &&
    document.querySelector('.react-flow__node') && document.querySelector('.react-flow__edge')`,
  isFree:
    "document.elementFromPoint(x, y).classList.contains('react-flow__pane')",
  zoomKey: null
};

/** Netron was told the file when it was started: it opens it when its terms are accepted. */
export const PEER: IProgram = {
  name: 'Netron',
  idlePage: async browser => {
    const page = await browser.newPage();
    await page.goto(NETRON);
    await page.locator('button:visible').first().waitFor();
    await page.waitForLoadState('networkidle');
    return page;
  },
  open: "[...document.querySelectorAll('button')].find(button => button.checkVisibility()).click()",
  isDrawn: `document.body.classList.contains('default') &&
    document.querySelectorAll('.graph-node').length > 1000`,
  isFree: 'true',
  zoomKey: 'Control'
};

/** Does something while the file is on JupyterLab's server and in Netron. */
export async function withLargeModel(
  request: APIRequestContext,
  action: () => Promise<void>
): Promise<void> {
  const file = path.resolve(FOLDER, FILE);
  const contents = `/api/contents/${FILE}`;
  const content = readFileSync(file, 'utf8');
  await request.put(contents, {
    data: { type: 'file', format: 'text', content }
  });
  const netron = spawn('netron', ['--port', '8897', file], {
    env: { ...process.env, BROWSER: 'true' },
    stdio: 'ignore'
  });
  try {
    await expect
      .poll(() =>
        request.get(NETRON).then(
          response => response.ok(),
          () => false
        )
      )
      .toBe(true);
    await action();
  } finally {
    netron.kill();
    await request.delete(contents);
  }
}

/** Opens the file, and tells how many milliseconds went by until the browser had painted it. */
export async function opened(page: Page, program: IProgram): Promise<number> {
  return inPage<number>(
    page,
    `(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      const start = performance.now();
      void ${program.open};
      while (!(${program.isDrawn})) {
        await frame();
      }
      await frame();
      return performance.now() - start;
    })()`
  );
}

/** The value of an expression in a page, which `page.evaluate` can't get where a page forbids `eval`, as Netron does. */
export async function inPage<T>(page: Page, expression: string): Promise<T> {
  const session = await page.context().newCDPSession(page);
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true
  });
  await session.detach();
  expect(exceptionDetails).toBeUndefined();
  return result.value as T;
}
