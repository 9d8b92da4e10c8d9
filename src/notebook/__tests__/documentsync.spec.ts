import { KerasDocument } from '../../core';
import { DocumentSync } from '../documentsync';
import { Page } from './page';

describe('DocumentSync', () => {
  const drawn = KerasDocument.emptySource('drawn');
  const other = KerasDocument.emptySource('other');
  let page: Page;
  let document: KerasDocument;
  let sync: DocumentSync;

  beforeEach(() => {
    jest.useFakeTimers();
    page = new Page({ _document: drawn });
    document = KerasDocument.create();
    sync = new DocumentSync(document, page.model);
  });

  afterEach(() => {
    sync.dispose();
    document.dispose();
    jest.useRealTimers();
  });

  it('opens the document of the trait, and sends nothing back', () => {
    expect(document.getSource()).toBe(drawn);
    jest.advanceTimersByTime(1000);
    expect(page.saved).toEqual([]);
  });

  it('sends edits together, 200 ms after the last one', () => {
    document.setModelName('a');
    jest.advanceTimersByTime(150);
    document.setModelName('b');
    jest.advanceTimersByTime(199);
    expect(page.saved).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(page.saved).toEqual([
      { _document: document.getSource(), _edited: true }
    ]);
  });

  it('takes a document from Python over', () => {
    page.change({ _document: other });
    expect(document.getSource()).toBe(other);
    jest.advanceTimersByTime(1000);
    expect(page.saved).toEqual([]);
  });

  it('keeps the history of undo when its own text comes back', () => {
    document.setModelName('a');
    jest.advanceTimersByTime(1000);
    page.change({ _document: page.saved[0]._document });
    expect(document.canUndo()).toBe(true);
  });

  it('sends what is not sent yet when it is disposed', () => {
    document.setModelName('a');
    sync.dispose();
    expect(page.saved).toEqual([
      { _document: document.getSource(), _edited: true }
    ]);
    jest.advanceTimersByTime(1000);
    expect(page.saved).toHaveLength(1);
  });

  it('keeps a text that is no model as it is', () => {
    page.change({ _document: 'no JSON' });
    expect(document.error).not.toBeNull();
    sync.dispose();
    expect(page.saved).toEqual([]);
  });
});
