import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import { show } from '../../../__tests__/host';
import { editorModel } from '../../../training/__tests__/editor';
import { DrawPad } from '../DrawPad';

describe('the pad', () => {
  let lines: number[][];
  let sent: number;
  let taken: () => void;

  beforeEach(() => {
    lines = [];
    sent = 0;
    // jsdom paints nothing.
    jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
      fillRect: () => (lines = []),
      beginPath: () => undefined,
      moveTo: (x: number, y: number) => lines.push([x, y]),
      lineTo: (x: number, y: number) => lines[lines.length - 1].push(x, y),
      stroke: () => undefined
    } as never);
    jest
      .spyOn(HTMLCanvasElement.prototype, 'toDataURL')
      .mockReturnValue('data:image/png;base64,');
    const onDrawn = () => {
      sent++;
      return new Promise<void>(resolve => (taken = resolve));
    };
    show(editorModel(), <DrawPad onDrawn={onDrawn} />);
  });

  afterEach(() => {
    cleanup();
    jest.restoreAllMocks();
  });

  const press = (...keys: string[]) =>
    keys.forEach(key =>
      fireEvent.keyDown(screen.getByRole('application'), { key })
    );

  it('is drawn on by keys: they move the pen, which draws while it is down', () => {
    press('ArrowLeft', ' ', 'ArrowDown', ' ', 'ArrowRight');
    expect(lines).toEqual([
      [130, 140, 130, 140],
      [130, 140, 130, 150]
    ]);
    fireEvent.click(screen.getByText('Clear'));
    expect(lines).toEqual([]);
  });

  it('sends what is drawn when the last one was taken', async () => {
    press(' ', 'ArrowDown', 'ArrowDown');
    expect(sent).toBe(1);
    await act(async () => taken());
    expect(sent).toBe(2);
    await act(async () => taken());
    expect(sent).toBe(2);
  });
});
