import { execFileSync } from 'node:child_process';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../../editorpage';
import { expectScriptRepeats, onDisk } from '../../exportedcode';

/** What is said with one star, with two, ... in three languages. */
const SAID = [
  ['awful 😡', 'schrecklich', 'affreux', 'broken', 'kaputt', 'nul'],
  ['poor 👎', 'mies', 'médiocre', 'weak', 'schwach', 'décevant'],
  ['okay 🤷', 'geht so', 'moyen', 'average', 'mittel', 'passable'],
  ['good 🙂', 'gut', 'bien', 'nice', 'schön', 'agréable'],
  ['superb 😀', 'großartig', 'parfait', 'excellent', 'wunderbar', 'génial']
];
const BESIDE = [
  'the delivery was quick',
  'das Gerät, nach zwei Wochen',
  'le produit "neuf"',
  'I bought two',
  'die Verpackung',
  'la livraison'
];

/** Reviews as a shop exports them: quoted, with line breaks and quotes inside. */
function reviews(rows: number): string {
  let seed = 5;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const one = <T>(values: readonly T[]): T =>
    values[Math.floor(random() * values.length)];
  const lines = ['review,stars'];
  for (let i = 0; i < rows; i++) {
    const stars = Math.floor(5 * random());
    const words = [one(BESIDE), one(SAID[stars]), `${i}th`, one(SAID[stars])];
    const text = words.join(i % 3 ? ' ' : '\n\n').replaceAll('"', '""');
    lines.push(`"${text}",${stars + 1}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Reads raw texts with a saved model, in a Python that knows nothing of kerasviz; prints their stars. */
const PREDICT = `
import sys
import keras
sys.modules["kerasviz"] = None
model = keras.saving.load_model("stars.keras")
texts = keras.ops.convert_to_tensor([["das Gerät\\nwunderbar 😀 großartig"], ["le produit, nul 😡"]])
print([int(number) + 1 for number in model.predict(texts, verbose=0).argmax(axis=1)])
`;

test(
  'somebody wants the stars of a review from its text',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    await page.contents.uploadContent(
      reviews(1000),
      'text',
      `${tmpPath}/reviews.csv`
    );
    const editor = await EditorPage.create(page, tmpPath);
    const { form } = editor;
    await editor.chooseFile('CSV or TSV file', 'reviews.csv');
    await editor.look();
    // Line breaks inside quotes begin no row.
    await expect(form.locator('[data-part="size"]')).toContainText(
      '1,000 samples · 2 columns'
    );
    await expect(editor.column('review')).toHaveAttribute('data-kind', 'text');
    await expect(editor.column('stars')).toHaveAttribute('data-role', 'target');
    await expect(form.getByLabel('What suits the data')).toContainText(
      "'stars' has 5 classes"
    );

    // The first model looks words up itself, so it takes texts as they are.
    await form.locator('[data-command="accept"]').click();
    await form.locator('[data-command="first_model"]').click();
    await expect(editor.node('review_words:0')).toContainText(
      'TextVectorization'
    );
    await expect(form.getByLabel('Reasons')).toContainText(
      'its words are looked up inside the model'
    );
    await editor.setArgument('epochs', '8');
    await editor.setSeed(1);
    await editor.train();
    await expect(editor.panel).toContainText(
      "The classes of 'stars' are numbered from 0: 1 = 0, 2 = 1, 3 = 2, 4 = 3, 5 = 4."
    );
    const right = editor.chart('accuracy').getByText(/validation [\d.]+/);
    const [, share] = /validation ([\d.]+)/.exec((await right.textContent())!)!;
    expect(Number(share)).toBeGreaterThan(0.8);

    // The saved model reads raw texts.
    await page.menu.clickMenuItem('File>Save Trained Model…');
    const dialog = page.locator('.jp-Dialog');
    await dialog.locator('input').first().fill('stars.keras');
    await dialog.locator('button.jp-mod-accept').click();
    await expect
      .poll(() => page.contents.fileExists(`${tmpPath}/stars.keras`))
      .toBe(true);
    const stars = execFileSync('python', ['-c', PREDICT], {
      cwd: onDisk(tmpPath),
      encoding: 'utf8'
    });
    expect(JSON.parse(stars.trim().split('\n').pop()!)).toEqual([5, 1]);

    await expectScriptRepeats(page, tmpPath);
  }
);
