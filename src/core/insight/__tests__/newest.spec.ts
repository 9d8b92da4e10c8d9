import { Newest } from '../newest';

describe('the newest value', () => {
  it('is given when the one before was taken, and those between are left out', async () => {
    const taken: number[] = [];
    let finish = (): void => undefined;
    const newest = new Newest<number>(value => {
      taken.push(value);
      return new Promise<void>(resolve => (finish = resolve));
    });
    [1, 2, 3].forEach(value => void newest.give(value));
    expect(taken).toEqual([1]);
    finish();
    await new Promise(process.nextTick);
    expect(taken).toEqual([1, 3]);
  });

  it('is given after one that was refused', async () => {
    const taken: string[] = [];
    const newest = new Newest<string>(value => {
      taken.push(value);
      return Promise.reject(new Error(value));
    });
    void newest.give('a');
    await newest.give('b');
    expect(taken).toEqual(['a', 'b']);
  });
});
