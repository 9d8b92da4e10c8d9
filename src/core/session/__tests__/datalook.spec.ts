import type { JSONObject } from '@lumino/coreutils';
import type { IPreview } from '../..';
import { refusal } from '../..';
import { CATALOG } from '../../__tests__/fixtures';
import { hello, Kernel } from '../../__tests__/kernel';
import { editor, until } from '../../__tests__/model';
import { PREVIEW } from '../../__tests__/preview';

const csv = (path: string) => ({ class_name: 'csv', config: { path } });

describe('a look at the data', () => {
  let answer: () => Promise<IPreview>;

  async function looking() {
    const kernel = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      preview: () => answer(),
      columns: () => ({ columns: [{ name: 'images', holds: '(9, 8) uint8' }] })
    });
    const model = editor();
    model.document.setTraining({ data: csv('houses.csv') });
    model.kernel.attach(kernel.client);
    await until(model, () => model.kernel.status.state === 'ready');
    return { model, kernel };
  }

  it('is taken when a person asks, and is of the data that is chosen', async () => {
    answer = () => Promise.resolve(PREVIEW);
    const { model, kernel } = await looking();
    expect(kernel.asked('preview')).toEqual([]);
    await model.look.look();
    expect(model.look.value).toEqual({
      preview: PREVIEW,
      error: null,
      share: null,
      parts: null
    });
    model.document.setTraining({ seed: 1 });
    expect(model.look.value.preview).toBe(model.look.value.preview);
    expect(model.look.value.preview).not.toBeNull();
    model.document.setTraining({ data: csv('flats.csv') });
    expect(model.look.value.preview).toBeNull();
    model.dispose();
  });

  it('says how far it is, and what keeps it from being taken', async () => {
    let refuse: (reason: unknown) => void = () => undefined;
    const asked = new Promise<void>(resolve => {
      answer = () => {
        resolve();
        return new Promise((_, reject) => (refuse = reject));
      };
    });
    const { model, kernel } = await looking();
    const done = model.look.look();
    await asked;
    kernel.tell('preview', 1, { share: 0.25 });
    expect(model.look.value.share).toBe(0.25);
    refuse(refusal('no_data', 'houses.csv is no table.').error);
    await done;
    expect(model.look.value.share).toBeNull();
    expect(model.look.value.error).toMatchObject({ code: 'no_data' });
    model.dispose();
  });

  it('starts a kernel where it can, and says when it goes', async () => {
    answer = () => new Promise(() => undefined);
    const { model, kernel } = await looking();
    const other = new Kernel({
      hello: () => hello({ catalog_hash: CATALOG.catalog.hash }),
      preview: () => PREVIEW
    });
    model.kernel.attach(null);
    model.kernel.setStatus({
      state: 'none',
      message: '',
      hello: null,
      start: () => Promise.resolve(model.kernel.attach(other.client))
    });
    await model.look.look();
    expect(model.look.value.preview).toEqual(PREVIEW);
    model.kernel.attach(kernel.client);
    const done = model.look.look();
    await Promise.resolve();
    kernel.wire.closed.emit('The kernel died.');
    await done;
    expect(model.look.value.share).toBeNull();
    expect(model.look.value.error).not.toBeNull();
    model.dispose();
  });

  it('is the newest one that was asked for', async () => {
    const given: ((preview: IPreview) => void)[] = [];
    answer = () =>
      new Promise(answered => {
        given.unshift(answered);
        if (given.length === 2) {
          given.forEach((give, i) => give({ ...PREVIEW, rows: 2 - i }));
        }
      });
    const { model } = await looking();
    await Promise.all([model.look.look(), model.look.look()]);
    expect(model.look.value.preview?.rows).toBe(2);
    model.dispose();
  });

  it('is forgotten when the data is another one meanwhile', async () => {
    let give: (preview: IPreview) => void = () => undefined;
    const asked = new Promise<void>(resolve => {
      answer = () => {
        resolve();
        return new Promise(answered => (give = answered));
      };
    });
    const { model } = await looking();
    const done = model.look.look();
    await asked;
    model.document.setTraining({ data: csv('flats.csv') });
    expect(model.look.value.share).toBeNull();
    give(PREVIEW);
    await done;
    expect(model.look.value.preview).toBeNull();
    model.dispose();
  });

  it('finds what is in a file first, and keeps that while other parts are taken', async () => {
    answer = () => Promise.resolve({ ...PREVIEW, kind: 'arrays' });
    const { model, kernel } = await looking();
    const npz = (config: JSONObject) =>
      model.document.setTraining({ data: { class_name: 'npz', config } });
    npz({ file: 'products.npz' });
    await model.look.look();
    const parts = [{ name: 'images', holds: '(9, 8) uint8' }];
    expect(model.look.value.parts).toEqual(parts);
    npz({ file: 'products.npz', x: ['images'] });
    expect(model.look.value).toMatchObject({ preview: null, parts });
    await model.look.look();
    expect(kernel.asked('columns')).toHaveLength(1);
    npz({ file: 'others.npz', x: ['images'] });
    expect(model.look.value.parts).toBeNull();
    model.dispose();
  });
});
