import { TitleMark } from '../titlemark';

/** What JupyterLab does to the title, and everything that follows from it. */
async function retitle(title: string): Promise<void> {
  Object.assign(document, { title });
  await Promise.resolve();
}

describe('TitleMark', () => {
  beforeEach(() => retitle('model.keras.json - JupyterLab'));

  it('stays in a title that is written again, until it is removed', async () => {
    const mark = new TitleMark();
    mark.put('✓ ');
    expect(document.title).toBe('✓ model.keras.json - JupyterLab');
    await retitle('model.keras.json (2) - JupyterLab');
    expect(document.title).toBe('✓ model.keras.json (2) - JupyterLab');

    mark.remove();
    expect(document.title).toBe('model.keras.json (2) - JupyterLab');
    await retitle('other.txt - JupyterLab');
    expect(document.title).toBe('other.txt - JupyterLab');
  });

  it('is one at a time', () => {
    const mark = new TitleMark();
    mark.put('✓ ');
    mark.put('✗ ');
    expect(document.title).toBe('✗ model.keras.json - JupyterLab');
    mark.remove();
  });
});
