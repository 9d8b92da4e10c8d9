import { execFileSync } from 'node:child_process';
import { expect, test } from '@jupyterlab/galata';
import { EditorPage } from '../../editorpage';
import { expectScriptRepeats, onDisk } from '../../exportedcode';

/** Flowers of five classes, as people have them: of all sizes, two broken, one CMYK, one PNG with alpha. */
const PICTURES = `
from pathlib import Path
import numpy as np
from PIL import Image

random = np.random.default_rng(0)
colours = {"daisy": (240, 240, 240), "dandelion": (250, 210, 0), "roses": (200, 20, 40)}
colours |= {"sunflowers": (240, 140, 0), "tulips": (190, 60, 200)}
for petals, (name, count) in enumerate(zip(colours, (10, 18, 14, 60, 12)), 4):
    Path("flowers", name).mkdir(parents=True)
    for number in range(count):
        height, width = random.integers(40, 90, 2)
        y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
        petal = np.hypot(x, y) < 0.5 + 0.2 * np.cos(petals * np.arctan2(y, x))
        pixels = random.integers(0, 60, (height, width, 3)) + (0, 80, 0)
        pixels[petal] = np.array(colours[name]) - random.integers(0, 30, (petal.sum(), 3))
        picture = Image.fromarray(np.clip(pixels, 0, 255).astype("uint8"))
        if (name, number) == ("dandelion", 3):
            picture = picture.convert("CMYK")
        file = Path("flowers", name, f"{number:03}.jpg")
        if (name, number) == ("roses", 5):
            picture.putalpha(200)
            file = file.with_suffix(".png")
        picture.save(file)
half = Path("flowers", "roses", "000.jpg")
half.write_bytes(half.read_bytes()[:300])
Path("flowers", "tulips", "001.jpg").write_text("<html>Not Found</html>")
`;

test(
  'somebody wants to tell flowers apart, and has a folder of pictures',
  { tag: '@thorough' },
  async ({ page, tmpPath }) => {
    execFileSync('python', ['-c', PICTURES], { cwd: onDisk(tmpPath) });
    const editor = await EditorPage.create(page, tmpPath);
    const { form } = editor;
    await form
      .locator('[data-argument="data"] select')
      .first()
      .selectOption({ label: 'Folder of images' });
    await form.getByText('Choose a Folder…').click();
    const dialog = page.locator('.jp-Dialog');
    await dialog.getByText('flowers').last().click();
    await dialog.locator('button.jp-mod-accept').click();
    await form.locator('[data-command="look"]').click();

    // The broken ones are named, each class is seen, and that they are uneven is said.
    const look = form.locator('.jp-kerasviz-DataLook');
    await expect(look).toContainText('roses/000.jpg, tulips/001.jpg');
    await expect(form.locator('[data-part="size"]')).toContainText(
      '112 samples'
    );
    await expect(look.locator('[data-code="imbalance"]')).toContainText(
      'sunflowers has 60 samples and daisy only 10'
    );
    await expect(look.locator('figure[data-class="tulips"]')).toHaveCount(6);
    await expect(look).toContainText('The images are resized to 64 by 64');

    // One click takes over size, split and weights; another draws a network that augments.
    await form.locator('[data-command="accept"]').click();
    await expect(form.locator('[data-command="accept"]')).toBeDisabled();
    await form.locator('[data-command="first_model"]').click();
    await expect(editor.node('input_flipped:0')).toBeVisible();
    await expect(editor.shape('input:0')).toContainText('64');

    // With its size inside, the model takes pictures as they are.
    await form.locator('[data-command="prepare_in_model"]').click();
    await expect(editor.node('input_resized:0')).toBeVisible();
    await editor.setSeed(1);
    await editor.setArgument('epochs', '2');
    await form.locator('[data-command="train"]').click();
    await expect(editor.panel).toHaveAttribute('data-state', 'finished');
    await expect(editor.chart('accuracy')).toBeVisible();
    await expectScriptRepeats(page, tmpPath);
  }
);
