import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { attach, chainModel, askedKernel } from '../../__tests__/models';
import { PREVIEW } from '../../../core/__tests__/preview';
import { CodeTab } from '../CodeTab';

describe('CodeTab', () => {
  let model: EditorModel;
  const inserted: string[] = [];

  beforeEach(async () => {
    standInForBrowser();
    model = chainModel('InputLayer', 'Dense');
    await attach(
      model,
      askedKernel({
        code: ({ document, recipe }) => ({
          code:
            recipe === 'jax'
              ? 'import jax'
              : `model = "${JSON.parse(document).config.name}"`,
          replaces: null,
          needs_look: false
        })
      })
    );
    jest.useFakeTimers();
  });

  afterEach(() => {
    cleanup();
    window.localStorage.clear();
    model.dispose();
    jest.useRealTimers();
  });

  const code = () => screen.queryByLabelText('Keras code')?.textContent;
  const wait = () => act(() => jest.advanceTimersByTimeAsync(1000));

  it('shows the code of what is drawn, and again after a change', async () => {
    show(model, <CodeTab />);
    await wait();
    expect(code()).toBe('model = "model"');
    act(() => model.document.setModelName('digits'));
    await wait();
    expect(code()).toBe('model = "digits"');
  });

  it('says what a cell with the code would replace', async () => {
    jest.useRealTimers();
    const replaces = {
      text: 'It replaces {variables}.',
      args: { variables: 'x' }
    };
    await attach(
      model,
      askedKernel({
        code: () => ({ code: 'x = 1', replaces, needs_look: false })
      })
    );
    jest.useFakeTimers();
    show(model, <CodeTab />);
    await wait();
    expect(screen.getByRole('note').textContent).toBe('It replaces x.');
  });

  it('offers a look at the data where the script lacks it, and shows the whole one then', async () => {
    jest.useRealTimers();
    let isSeen = false;
    const kernel = askedKernel({
      code: () => ({
        code: isSeen ? 'whole' : 'part',
        replaces: null,
        needs_look: !isSeen
      }),
      preview: () => {
        isSeen = true;
        return PREVIEW;
      }
    });
    await attach(model, kernel);
    jest.useFakeTimers();
    show(model, <CodeTab />);
    await wait();
    expect(code()).toBe('part');
    fireEvent.click(screen.getByText('Look at the Data'));
    await wait();
    await wait(); // it is asked for the code again
    expect(code()).toBe('whole');
    expect(screen.queryByText('Look at the Data')).toBeNull();
  });

  it('shows it in colours', async () => {
    show(model, <CodeTab />);
    await wait();
    const parts = [...screen.getByLabelText('Keras code').children];
    expect(parts.map(part => [part.className, part.textContent])).toEqual([
      ['jp-kerasviz-Python-string', '"model"']
    ]);
  });

  it('asks once for changes that follow each other', async () => {
    show(model, <CodeTab />);
    await wait();
    const ask = jest.spyOn(model.kernel.client!, 'request');
    for (const name of ['a', 'ab', 'abc']) {
      act(() => model.document.setModelName(name));
      await act(() => jest.advanceTimersByTimeAsync(100));
    }
    await wait();
    expect(ask.mock.calls.filter(([type]) => type === 'code')).toHaveLength(1);
    expect(code()).toBe('model = "abc"');
  });

  it('gives the code to a host that has notebooks', async () => {
    show(
      model,
      <CodeTab onInsertCode={async text => void inserted.push(text)} />
    );
    await wait();
    fireEvent.click(screen.getByText('Insert as Cell'));
    expect(inserted).toEqual(['model = "model"']);
  });

  it('shows another recipe, and keeps the choice for other documents', async () => {
    show(model, <CodeTab />);
    await wait();
    fireEvent.change(screen.getByLabelText('What the code does'), {
      target: { value: 'jax' }
    });
    await wait();
    expect(code()).toBe('import jax');
    const other = chainModel('InputLayer');
    expect(other.recipe.value).toBe('jax');
    other.dispose();
  });

  it('gives the code to a host that opens scripts', async () => {
    const opened: string[] = [];
    show(model, <CodeTab onOpenCode={async text => void opened.push(text)} />);
    await wait();
    fireEvent.click(screen.getByText('Open as Script'));
    expect(opened).toEqual(['model = "model"']);
    expect(screen.queryByText('Insert as Cell')).toBeNull();
  });

  it('offers no notebook where the host has none', async () => {
    show(model, <CodeTab />);
    await wait();
    expect(screen.getByText('Copy')).toBeTruthy();
    expect(screen.queryByText('Insert as Cell')).toBeNull();
  });

  it('asks nothing while it cannot be seen', async () => {
    window.IntersectionObserver = class {
      observe() {}
      disconnect() {}
    } as unknown as typeof IntersectionObserver;
    show(model, <CodeTab />);
    await wait();
    expect(code()).toBeUndefined();
  });
});
