import { readFileSync } from 'node:fs';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../editorpage';

const EXAMPLE = JSON.parse(
  readFileSync('../examples/digits.keras.json', 'utf8')
);

test('a run in a process of its own goes on while the kernel restarts, is found again, and leaves its model there', async ({
  page,
  tmpPath
}) => {
  const file = `${tmpPath}/apart.keras.json`;
  const document = structuredClone(EXAMPLE);
  document.kerasviz.training.fit = { epochs: 20_000, batch_size: 512 };
  const editor = await EditorPage.open(page, file, JSON.stringify(document));
  await editor.startKernel();
  await page.getByRole('tab', { name: 'Train', exact: true }).click();
  const place = editor.form.locator('[data-section="place"]');
  await place.locator('summary').first().click();
  await place
    .locator('[data-argument="place"] select')
    .first()
    .selectOption({ label: 'In a process of its own' });
  await expect(place.locator('summary').first()).toContainText(
    'In a process of its own'
  );
  await place.locator('.jp-kerasviz-Field-nested > summary').click();
  const device = place.locator('[data-argument="devices"] [data-name="cpu:0"]');
  await expect(device).toContainText(/GB free · \d+ % busy/);
  await device.getByRole('checkbox').check();
  expect(JSON.parse(await editor.saved(file)).kerasviz.training.place).toEqual({
    class_name: 'process',
    config: { devices: ['cpu:0'] }
  });

  await editor.command('train');
  await expect.poll(() => editor.points('loss')).toBeGreaterThan(5);
  await expect(editor.panel).toContainText('In a process of its own');

  // Galata answers a restart with 201 in the server's place, which JupyterLab takes for a failure.
  await page.route(/\/restart\?/, route => route.continue());
  await page.menu.clickMenuItem('Kernel>Restart Kernel…');
  await page.locator('.jp-Dialog button.jp-mod-accept').click();
  await expect(editor.panel).not.toHaveAttribute('data-state', 'training');
  await expect(editor.panel).toHaveAttribute('data-state', 'training');
  const found = await editor.points('loss');
  expect(found).toBeGreaterThan(5);
  await expect.poll(() => editor.points('loss')).toBeGreaterThan(found);

  await editor.button('pause').click();
  await expect(editor.panel).toHaveAttribute('data-state', 'paused');
  await editor.button('stop').click();
  await expect(editor.panel).toHaveAttribute('data-state', 'stopped');
  const done = await editor.points('loss');
  expect(
    await editor.python(file, 'print(int(apart.optimizer.iterations))')
  ).toBe(String(done));
});
