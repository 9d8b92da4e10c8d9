import {
  act,
  cleanup,
  fireEvent,
  screen,
  waitFor
} from '@testing-library/react';
import * as React from 'react';
import { EditorModel, KerasDocument } from '../../core';
import { EditorView } from '../EditorView';
import { open, source } from '../../core/__tests__/fixtures';
import { CATALOG } from '../training/__tests__/editor';
import { show, standInForBrowser } from './host';
import { analysisKernel, attach, chainModel, fine } from './models';

describe('EditorView', () => {
  let model: EditorModel;
  const status = () =>
    document.querySelector('.jp-kerasviz-StatusLine')!.textContent;

  beforeAll(standInForBrowser);
  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('shows the canvas, and training below it', () => {
    model = chainModel('InputLayer', 'Dense');
    show(model, <EditorView />);
    expect(document.querySelector('.jp-kerasviz-Canvas')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Training' })).toBeTruthy();
  });

  it('says how to get shapes while there is no kernel', () => {
    model = chainModel('InputLayer', 'Dense');
    show(model, <EditorView />);
    expect(status()).toContain('2 layers');
    expect(status()).toContain('No kernel is running.');
  });

  it('counts a layer that is called twice once', () => {
    model = chainModel('InputLayer', 'Dense');
    act(() => void model.document.callAgain('dense:0'));
    show(model, <EditorView />);
    expect(model.document.graph.nodes).toHaveLength(3);
    expect(status()).toContain('2 layers');
  });

  it('turns a wheel while a kernel starts, and none while there is none', () => {
    model = chainModel('InputLayer');
    show(model, <EditorView />);
    const isLoading = () => document.querySelector('[data-loading]') !== null;
    expect(isLoading()).toBe(false);
    const message = 'Starting a kernel…';
    act(() =>
      model.kernel.setStatus({ state: 'connecting', message, hello: null })
    );
    expect(status()).toContain(message);
    expect(isLoading()).toBe(true);
  });

  it('says what a kernel lacks', () => {
    model = chainModel('InputLayer');
    show(model, <EditorView />);
    const message = 'Install it: pip install kerasviz';
    act(() =>
      model.kernel.setStatus({ state: 'missing', message, hello: null })
    );
    expect(status()).toContain(message);
  });

  it('shows the totals that the kernel counted', async () => {
    model = chainModel('InputLayer', 'Dense');
    show(model, <EditorView />);
    await attach(model, analysisKernel({ 'dense:0': fine() }));
    expect(status()).toContain('2,112 parameters · 8.25 KB');
    expect(status()).toContain('Keras 3.15.1 · TensorFlow · CPU');
    expect(screen.getByTitle(/runs Keras on TensorFlow/)).toBeTruthy();
  });

  it('opens a model inside the model in place, and leads back', async () => {
    const document = open(source('nested'));
    model = new EditorModel({ document, catalog: CATALOG, path: '' });
    const { container } = show(model, <EditorView />);
    const node = (id: string) =>
      container.querySelector(`.react-flow__node[data-id="${id}"]`)!;
    await waitFor(() => expect(node('inner:0')).toBeTruthy());
    fireEvent.doubleClick(node('x:0'));
    expect(screen.queryByRole('navigation')).toBeNull();
    fireEvent.doubleClick(node('inner:0'));
    await waitFor(() => expect(node('inner_dense:0')).toBeTruthy());
    expect(node('inner:0')).toBeNull();
    expect(screen.getByRole('navigation').textContent).toBe('nestedinner');
    fireEvent.click(screen.getByRole('button', { name: 'nested' }));
    await waitFor(() => expect(node('inner:0')).toBeTruthy());
    expect(screen.queryByRole('navigation')).toBeNull();
    act(() => model.selection.select([]));
    fireEvent.keyDown(node('chain:0'), { key: 'Enter' });
    await waitFor(() => expect(node('chain_dense:0')).toBeTruthy());
    fireEvent.keyDown(node('chain_dense:0'), { key: 'Escape' });
    await waitFor(() => expect(node('chain:0')).toBeTruthy());
  });

  it('says why a text is no model, shows it as text, and draws nothing', () => {
    const document = KerasDocument.create();
    const text = '{"class_name": "<img src=x onerror=alert(1)>';
    document.setSource(text);
    model = new EditorModel({ document, catalog: CATALOG, path: '' });
    const { container } = show(model, <EditorView />);
    expect(screen.getByRole('alert').textContent).toContain(document.error);
    expect(container.querySelector('pre')!.textContent).toBe(text);
    expect(container.querySelector('img, .jp-kerasviz-Canvas')).toBeNull();
    expect(document.getSource()).toBe(text);
  });
});
