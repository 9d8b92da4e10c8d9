import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../../editorpage';
import { expectScriptRepeats } from '../../exportedcode';

/** Visits of patients, several of each; two of a hundred are ill, and their blood tells it, not always. */
function visits(rows: number): string {
  let seed = 3;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const about = (middle: number, spread: number) =>
    (middle + spread * (random() + random() + random() - 1.5)).toFixed(1);
  const lines = [
    'patient_id,visit,age,sex,crp,hemoglobin,pressure,smoker,disease'
  ];
  for (let patient = 0; lines.length <= rows; patient++) {
    const isIll = patient % 50 === 7;
    const age = 18 + Math.floor(70 * random());
    const sex = random() < 0.5 ? 'f' : 'm';
    const visits = 1 + Math.floor(5 * random());
    for (let visit = 1; visit <= visits && lines.length <= rows; visit++) {
      lines.push(
        [
          `P${10_000 + ((patient * 37) % 9973)}`,
          visit,
          age,
          sex,
          random() < 0.06 ? '' : about(isIll ? 14 : 4, 6),
          about(isIll ? 11.5 : 13.5, 2),
          about(125, 30),
          ['never', 'former', 'current'][Math.floor(3 * random())],
          Number(isIll)
        ].join(',')
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

test(
  'somebody wants to miss as few ill people as possible',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    await page.contents.uploadContent(
      visits(12_000),
      'text',
      `${tmpPath}/visits.csv`
    );
    const editor = await EditorPage.create(page, tmpPath);
    const { form } = editor;
    await editor.chooseFile('CSV or TSV file', 'visits.csv');
    await editor.look();
    await expect(form.locator('[data-part="size"]')).toContainText(
      '12,000 samples · 9 columns'
    );
    await expect(editor.column('disease')).toHaveAttribute(
      'data-role',
      'target'
    );
    await expect(editor.column('patient_id')).toHaveAttribute(
      'data-role',
      'ignored'
    );

    // What a careful person would ask, and what is proposed with the reason.
    const asked = (code: string) => form.locator(`[data-code="${code}"]`);
    await expect(asked('samegroup')).toContainText('Split by group');
    await expect(asked('imbalance')).toContainText('accuracy says little');
    const reasons = form.getByLabel('What suits the data');
    await expect(reasons).toContainText(
      "Rows with the same 'patient_id' are in one part"
    );
    await expect(reasons).toContainText(
      /accuracy of 9\d\.\d%, which is nothing/
    );
    await expect(reasons).toContainText('recall (how many are found)');

    // One click takes all of it, and what was asked is answered.
    await form.locator('[data-command="accept"]').click();
    await expect(asked('samegroup')).toHaveCount(0);
    await expect(form.locator('[data-argument="class_weight"]')).toContainText(
      '2 classes'
    );
    await form.locator('[data-command="first_model"]').click();
    await expect(editor.node('disease:0')).toBeVisible();
    await editor.setArgument('epochs', '3');
    await editor.setSeed(1);
    await editor.train();

    // Few are missed, which accuracy would not have told.
    await expect(editor.chart('pr_auc')).toBeVisible();
    await expect(editor.chart('accuracy')).toHaveCount(0);
    const found = editor.chart('recall').getByText(/validation [\d.]+/);
    const [, recall] = /validation ([\d.]+)/.exec(
      (await found.textContent())!
    )!;
    expect(Number(recall)).toBeGreaterThan(0.8);

    await expectScriptRepeats(page, tmpPath);
  }
);
