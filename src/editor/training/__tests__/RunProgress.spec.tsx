import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { EditorModel } from '../../../core';
import { show } from '../../__tests__/host';
import { RunProgress } from '../RunProgress';
import { editorModel, status } from './editor';

describe('a run that is to stop', () => {
  let model: EditorModel;

  const said = () =>
    document.querySelector('[data-note="awaits"]')?.textContent;

  beforeEach(() => {
    jest.useFakeTimers();
    model = editorModel();
  });

  afterEach(() => {
    jest.useRealTimers();
    cleanup();
    model.dispose();
    model.document.dispose();
  });

  it('says what it waits for and counts on, and after a while what else ends it', () => {
    const stopping = status('stopping', {
      awaits: { text: 'It ends after this batch.', args: {} },
      awaited: 2
    });
    show(model, <RunProgress status={stopping} />);
    expect(said()).toBe('It ends after this batch. Waiting for 2 s.');
    act(() => jest.advanceTimersByTime(3000));
    expect(said()).toBe('It ends after this batch. Waiting for 5 s.');
    act(() => jest.advanceTimersByTime(9000));
    expect(said()).toContain('Waiting for 14 s. If it never ends, restart');
  });

  it('ends its process by a button, where it has one of its own', () => {
    const end = jest.fn();
    const stopping = status('stopping', {
      awaits: { text: 'It ends after this batch.', args: {} },
      awaited: 11
    });
    const elsewhere = {
      facts: [['Place', 'Elsewhere']] as [string, string][],
      end
    };
    show(model, <RunProgress status={stopping} elsewhere={elsewhere} />);
    expect(document.body.textContent).toContain('PlaceElsewhere');
    fireEvent.click(screen.getByText('End Its Process'));
    expect(end).toHaveBeenCalledTimes(1);
  });

  it('says nothing of it while it trains', () => {
    show(model, <RunProgress status={status('training')} />);
    expect(said()).toBeUndefined();
  });
});
