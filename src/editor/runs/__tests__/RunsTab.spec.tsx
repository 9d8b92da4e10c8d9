import {
  act,
  cleanup,
  fireEvent,
  screen,
  within
} from '@testing-library/react';
import * as React from 'react';
import type { EditorModel, IRunSummary } from '../../../core';
import { keptRuns, SAME, summary } from './keptruns';
import { HOST, show, standInForBrowser } from '../../__tests__/host';
import { editorModel, readyKernel } from '../../training/__tests__/editor';
import type { Kernel } from '../../training/__tests__/kernel';
import { DeletedRuns } from '../DeletedRuns';
import { RunsTab } from '../RunsTab';

describe('RunsTab', () => {
  let model: EditorModel;
  let kernel: Kernel;

  async function open(list: IRunSummary[] | null, host = HOST): Promise<void> {
    await act(async () => {
      show(
        model,
        <>
          <DeletedRuns />
          <RunsTab />
        </>,
        host
      );
    });
    if (list) {
      kernel = readyKernel();
      keptRuns(kernel, list);
      await act(async () => model.kernel.attach(kernel.client));
    }
  }

  const row = (id: string) =>
    document.querySelector<HTMLElement>(`tr[data-run="${id}"]`)!;
  const rows = () =>
    [...document.querySelectorAll<HTMLElement>('tr[data-run]')].map(
      one => one.dataset.run
    );
  const press = (element: HTMLElement) =>
    act(async () => void fireEvent.click(element));
  const button = (name: string) => screen.getByRole('button', { name });

  beforeEach(() => {
    standInForBrowser();
    model = editorModel();
  });

  afterEach(() => {
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  it('offers to start a kernel where there is none', async () => {
    await open(null);
    const start = jest.fn(() => Promise.resolve());
    const status = { state: 'none' as const, message: '', hello: null };
    act(() => model.kernel.setStatus({ ...status, start }));
    await press(button('Start a Kernel and List the Runs'));
    expect(start).toHaveBeenCalled();
  });

  it('says where runs will be kept while there is none', async () => {
    await open([]);
    expect(screen.getByText(/is kept in runs and listed here/)).toBeTruthy();
  });

  it('lists runs with what is known of them, and sorts by a column', async () => {
    const better = { loss: { value: 0.25, epoch: 2 } };
    const changes = [{ text: 'units: {a} → {b}', args: { a: 64, b: 16 } }];
    await open([summary('b', { best: better, changes }), summary('a')]);
    expect(row('b').textContent).toContain('units: 64 → 16');
    expect(row('b').textContent).toContain('0.25');
    const head = screen.getByRole('columnheader', { name: 'best loss' });
    await press(within(head).getByRole('button'));
    expect(rows()).toEqual(['b', 'a']);
    await press(within(head).getByRole('button'));
    expect(rows()).toEqual(['a', 'b']);
    expect(head.getAttribute('aria-sort')).toBe('descending');
  });

  it('renames and notes a run, and puts back what Escape leaves', async () => {
    await open([summary('a', { name: 'first' })]);
    const name = screen.getByRole('textbox', { name: 'Name of run first' });
    const write = (text: string, key: string) =>
      act(async () => {
        name.focus();
        fireEvent.change(name, { target: { value: text } });
        fireEvent.keyDown(name, { key });
      });
    await write('other', 'Escape');
    expect(model.runs.list?.runs[0].name).toBe('first');
    expect(screen.getByDisplayValue('first')).toBeTruthy();
    await write('best', 'Enter');
    expect(model.runs.list?.runs[0].name).toBe('best');
    expect(
      screen.getByRole('textbox', { name: 'Note on run best' })
    ).toBeTruthy();
  });

  it('shows the name and the note of a run as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    await open([summary('a', { name: hostile, note: hostile })]);
    expect(document.querySelector('img')).toBeNull();
    expect(screen.getAllByDisplayValue(hostile)).toHaveLength(2);
  });

  it('hides a run from the list, and lists hidden ones when asked', async () => {
    await open([summary('b'), summary('a')]);
    await press(within(row('a')).getByTitle('Hide from the list'));
    expect(rows()).toEqual(['b']);
    await press(screen.getByRole('checkbox', { name: '1 hidden run' }));
    await press(within(row('a')).getByTitle('Show in the list again'));
    expect(rows()).toEqual(['b', 'a']);
  });

  it('deletes a run and takes that back, in the message and with the keys', async () => {
    const said: [string, () => void][] = [];
    const notify = jest.fn((message: string, action: { run(): void }) => {
      said.push([message, () => action.run()]);
      return () => undefined;
    });
    await open([summary('a', { name: 'first' })], { ...HOST, notify });
    const remove = () => press(within(row('a')).getByTitle('Delete'));
    await remove();
    expect(rows()).toEqual([]);
    expect(said[0][0]).toBe('The run first was deleted.');
    await act(async () => said[0][1]());
    expect(rows()).toEqual(['a']);
    await remove();
    await act(async () => {
      const tab = document.querySelector('.jp-kerasviz-Runs')!;
      fireEvent.keyDown(tab, { key: 'z', ctrlKey: true });
    });
    expect(rows()).toEqual(['a']);
  });

  it('does not delete a run that is under way, and says why', async () => {
    await open([summary('a', { state: 'training', ended: null })]);
    const remove = row('a').querySelector<HTMLButtonElement>(
      '[data-action="remove"]'
    )!;
    expect(remove.disabled).toBe(true);
    expect(remove.title).toContain('stop it first');
  });

  it('compares the two runs that are checked', async () => {
    await open([summary('b'), summary('a', { name: 'first' })]);
    const plan = [{ key: 'fit.epochs', before: '20', after: '12' }];
    kernel.answers.run_difference = () => ({ ...SAME, plan });
    const compare = button('What Differs') as HTMLButtonElement;
    expect(compare.disabled).toBe(true);
    expect(compare.title).toBe('Check two runs to compare them.');
    for (const id of ['a', 'b']) {
      await press(within(row(id)).getByRole('checkbox'));
    }
    await press(button('What Differs'));
    const region = screen.getByRole('region', { name: 'What differs' });
    expect(region.textContent).toContain('fit.epochs2012');
    await press(button('Back to the List'));
    expect(rows()).toEqual(['b', 'a']);
  });

  it('opens the document of a run where the host has documents', async () => {
    const openDocument = jest.fn(() => Promise.resolve());
    await open([summary('a')], { ...HOST, openDocument });
    kernel.answers.run_document = ({ id }) => ({
      document: `{"of": "${id}"}`,
      file: 'a.keras.json'
    });
    await press(within(row('a')).getByTitle('Open as a new document'));
    expect(openDocument).toHaveBeenCalledWith('{"of": "a"}', '');
  });
});
