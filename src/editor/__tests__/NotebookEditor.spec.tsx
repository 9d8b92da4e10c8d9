import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../core';
import { NotebookEditor } from '../NotebookEditor';
import { show, standInForBrowser } from './host';
import { chainModel, entry } from './models';

describe('NotebookEditor', () => {
  let model: EditorModel;
  let resize: (width: number) => void;
  const has = (part: string) =>
    document.querySelector(`.jp-kerasviz-${part}`) !== null;
  const layers = () => model.document.graph.nodes.length;
  const button = (name: string) =>
    screen.getByRole<HTMLButtonElement>('button', { name });

  beforeEach(() => {
    standInForBrowser();
    const { ResizeObserver } = window;
    window.ResizeObserver = class extends ResizeObserver {
      constructor(callback: ResizeObserverCallback) {
        super(callback);
        resize = width =>
          callback([{ contentRect: { width } } as ResizeObserverEntry], this);
      }
      observe() {}
    };
    model = chainModel('InputLayer');
    show(model, <NotebookEditor />);
  });

  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('has palette, canvas, training and inspector side by side', () => {
    for (const part of ['Palette', 'Canvas', 'TrainPanel', 'Inspector']) {
      expect([part, has(part)]).toEqual([part, true]);
    }
  });

  it('folds the panels at its sides, and opens them again', () => {
    fireEvent.click(button('Palette'));
    expect(has('Palette')).toBe(false);
    expect(button('Palette').getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(button('Palette'));
    fireEvent.click(button('Inspector'));
    expect([has('Palette'), has('Inspector')]).toEqual([true, false]);
  });

  it('opens the forms at the Layer tab for what comes out of a layer', () => {
    const card = document.querySelector('.react-flow__node')!;
    act(() => model.inside.set({ ...model.inside.value, isOpen: true }));
    fireEvent.click(button('Inspector'));
    fireEvent.keyDown(card, { key: 'l' });
    expect(has('Inspector')).toBe(true);
    fireEvent.click(screen.getByRole('tab', { name: 'Train' }));
    fireEvent.keyDown(card, { key: 'l' });
    expect(
      screen.getByRole('tab', { name: 'Layer' }).getAttribute('aria-selected')
    ).toBe('true');
  });

  it('undoes and redoes with its buttons', async () => {
    expect(button('Undo').disabled).toBe(true);
    await act(async () => {
      model.document.addLayer({ entry: entry('Dense') });
    });
    fireEvent.click(button('Undo'));
    expect(layers()).toBe(1);
    fireEvent.click(button('Redo'));
    expect(layers()).toBe(2);
  });

  it('undoes with the keys, but not while a person writes', async () => {
    await act(async () => {
      model.document.addLayer({ entry: entry('Dense') });
    });
    const undo = { key: 'z', ctrlKey: true };
    fireEvent.keyDown(screen.getByRole('searchbox'), undo);
    expect(layers()).toBe(2);
    fireEvent.keyDown(button('Fit view'), undo);
    expect(layers()).toBe(1);
    fireEvent.keyDown(button('Fit view'), { ...undo, shiftKey: true });
    expect(layers()).toBe(2);
  });

  it('trains with Ctrl+Enter, wherever the focus is', () => {
    const train = jest.spyOn(model.run, 'train').mockResolvedValue();
    const places = [button('Fit view'), screen.getByRole('searchbox')];
    for (const place of places) {
      fireEvent.keyDown(place, { key: 'Enter', ctrlKey: true });
    }
    expect(train.mock.calls).toEqual([['trained'], ['trained']]);
    expect(layers()).toBe(1);
  });

  it('folds palette and inspector where it is narrow', () => {
    act(() => resize(500));
    expect([has('Palette'), has('Inspector')]).toEqual([false, false]);
    fireEvent.click(button('Palette'));
    expect(has('Palette')).toBe(true);
    act(() => resize(1200));
    expect(has('Inspector')).toBe(true);
  });
});
