import type { EditorModel, IRunSummary } from '../../../core';
import { editorModel, readyKernel, run } from '../../training/__tests__/editor';
import type { Kernel } from '../../training/__tests__/kernel';
import { keptRuns, summary } from './keptruns';

const settled = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) {
    await Promise.resolve();
  }
};

describe('DocumentRuns', () => {
  let model: EditorModel;
  let kernel: Kernel;
  let asked: () => string[];

  async function attach(list: IRunSummary[], last = run('finished')) {
    kernel = readyKernel(last);
    keptRuns(kernel, list);
    asked = () => kernel.requests.map(({ type }) => String(type));
    model.kernel.attach(kernel.client);
    await settled();
  }

  const drawn = () => model.runs.drawn.map(({ id }) => id);

  beforeEach(() => {
    model = editorModel();
  });

  afterEach(() => {
    model.dispose();
    model.document.dispose();
  });

  it('asks for the list when it is first needed, and again when it changes', async () => {
    await attach([summary('one')]);
    expect(asked()).not.toContain('runs');
    kernel.tell('runs', { count: 2 });
    expect(asked()).not.toContain('runs');
    await model.runs.follow();
    expect(model.runs.list?.runs).toHaveLength(1);
    kernel.tell('runs', { count: 1 });
    await settled();
    expect(asked().filter(type => type === 'runs')).toHaveLength(2);
  });

  it('asks without being told to as soon as there is a kernel', async () => {
    await model.runs.follow();
    expect(model.runs.list).toBeNull();
    expect(model.runs.error).toBeNull();
    await attach([summary('one')]);
    expect(model.runs.list?.runs[0].id).toBe('one');
  });

  it('draws the run that the page follows, also before the list is there', async () => {
    await attach([summary('last', { run: 'a' }), summary('one')]);
    expect(drawn()).toEqual(['a']);
    await model.runs.follow();
    expect(drawn()).toEqual(['last']);
    await model.runs.show(['last'], false);
    expect(drawn()).toEqual([]);
    kernel.tell('runs', { count: 2 });
    await settled();
    expect(drawn()).toEqual([]);
  });

  it('draws a run that begins', async () => {
    await attach([summary('one')]);
    await model.runs.follow();
    keptRuns(kernel, [summary('new', { run: 'b' }), summary('one')]);
    kernel.tell('run', run('training', { run: 'b' }));
    kernel.tell('runs', { count: 2 });
    await settled();
    expect(drawn()).toEqual(['new']);
  });

  it('gets the curves of a run when it is first drawn', async () => {
    await attach([summary('last', { run: 'a' }), summary('one')]);
    await model.runs.follow();
    await settled();
    await model.runs.show(['one'], true);
    expect(drawn()).toEqual(['last', 'one']);
    expect(model.runs.drawn[1].curves.epoch.loss.y).toEqual([1]);
    const curves = asked().filter(type => type === 'run_curves');
    expect(curves).toHaveLength(2);
  });

  it('keeps the colour of a run whatever else is drawn', async () => {
    await attach([summary('three'), summary('two'), summary('one')]);
    await model.runs.follow();
    const colors = ['one', 'two', 'three'].map(id => model.runs.color(id));
    expect(new Set(colors).size).toBe(3);
    keptRuns(kernel, [summary('three')]);
    kernel.tell('runs', { count: 1 });
    await settled();
    expect(model.runs.color('three')).toBe(colors[2]);
  });

  it('changes runs, and takes that back, the last change first', async () => {
    await attach([summary('one', { name: 'first' }), summary('two')]);
    await model.runs.follow();
    await model.runs.change(['one'], { name: 'best' });
    await model.runs.change(['one', 'two'], { deleted: true });
    expect(model.runs.list?.runs).toEqual([]);
    expect(model.runs.lastDeleted).toHaveLength(2);
    await model.runs.undo();
    expect(model.runs.list?.runs.map(({ name }) => name)).toEqual([
      'best',
      'two'
    ]);
    expect(model.runs.lastDeleted).toBeNull();
    await model.runs.undo();
    expect(model.runs.list?.runs[0].name).toBe('first');
    expect(model.runs.canUndo).toBe(false);
  });

  it('compares the earlier of two runs with the later, whichever was named first', async () => {
    await attach([summary('later'), summary('earlier')]);
    await model.runs.follow();
    await model.runs.compare('later', 'earlier');
    expect(model.runs.comparison).toMatchObject({
      before: 'earlier',
      after: 'later',
      difference: { plan: [] }
    });
    expect(drawn()).toEqual(expect.arrayContaining(['earlier', 'later']));
    await model.runs.change(['earlier'], { deleted: true });
    expect(model.runs.comparison).toBeNull();
  });

  it('says why something could not be done', async () => {
    await model.runs.follow(true);
    expect(model.runs.error?.code).toBe('no_kernel');
  });
});
