import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import { EditorModel, type KerasDocument } from '../../core';
import { open, source } from '../../core/__tests__/fixtures';
import { FunctionalNotice } from '../FunctionalNotice';
import type { IHost, INoticeAction } from '../host';
import { CATALOG } from '../training/__tests__/editor';
import { HOST, show } from './host';

describe('a Sequential that becomes functional', () => {
  let model: EditorModel;
  let document: KerasDocument;
  const branch = () =>
    act(() => document.pinOutput({ node: 'conv2d:0', tensor: 0 }));

  beforeEach(() => {
    document = open(source('sequential'));
    model = new EditorModel({ document, catalog: CATALOG, path: '' });
  });
  afterEach(() => {
    cleanup();
    model.dispose();
  });

  it('says so, and how to go back', () => {
    show(model, <FunctionalNotice />);
    expect(screen.getByRole('status').textContent).toBe('');
    branch();
    expect(screen.getByRole('status').textContent).toContain('functional');
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(document.getSource()).toBe(source('sequential'));
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('says so no longer than until the next change, which Undo would undo', () => {
    show(model, <FunctionalNotice />);
    branch();
    act(() => document.rename('dense', 'last'));
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('says so where the host shows messages', () => {
    const shown: [string, INoticeAction][] = [];
    const host: IHost = {
      ...HOST,
      notify: (...notice) => {
        shown.push(notice);
        return () => shown.pop();
      }
    };
    show(model, <FunctionalNotice />, host);
    branch();
    expect(shown[0][0]).toContain('functional');
    act(() => shown[0][1].run());
    expect(shown).toEqual([]);
    expect(document.getSource()).toBe(source('sequential'));
  });
});
