import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import * as React from 'react';
import { show, standInForBrowser } from '../../__tests__/host';
import { chainModel } from '../../__tests__/models';
import { openPictureMenu } from '../openmenu';
import { Exportable } from '../Exportable';

const CODE = { class_name: 'confusion', config: { threshold: 0.5 } };

describe('the menu of a picture', () => {
  beforeEach(standInForBrowser);
  afterEach(cleanup);

  it('opens by a right click or its button, and is left by Escape', () => {
    const model = chainModel('InputLayer');
    const { container } = show(
      model,
      <Exportable picture={{ name: 'matrix', code: null }}>
        <p>10</p>
      </Exportable>
    );
    fireEvent.contextMenu(screen.getByText('10'));
    expect(
      screen.getAllByRole('menuitem').map(item => item.textContent)
    ).toEqual(['Copy as PNG', 'Save as PNG', 'Save as SVG']);
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
    expect(document.activeElement!.textContent).toBe('Save as PNG');
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(screen.queryByRole('menu')).toBeNull();
    fireEvent.click(container.querySelector('button')!);
    expect(screen.queryByRole('menu')).not.toBeNull();
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    expect(document.activeElement).toBe(container.querySelector('button'));
    const picture = container.querySelector<HTMLElement>('[data-picture]')!;
    picture.getBoundingClientRect = () =>
      ({ left: 0, top: 0, width: 10, height: 10 }) as DOMRect;
    React.act(() => openPictureMenu());
    expect(screen.queryByRole('menu')).not.toBeNull();
    model.dispose();
  });

  it('asks for the code that makes the picture, and shows it where it can not be copied', async () => {
    const model = chainModel('InputLayer');
    const asked: unknown[] = [];
    model.ask = (async (...question: unknown[]) => {
      asked.push(question);
      return { code: 'print(counts)' };
    }) as never;
    show(
      model,
      <Exportable picture={{ name: 'matrix', code: CODE, output: 1 }}>
        <p>10</p>
      </Exportable>
    );
    fireEvent.contextMenu(screen.getByText('10'));
    fireEvent.click(screen.getByText('Copy Python Code'));
    await waitFor(() =>
      expect(screen.getByRole('textbox')).toHaveProperty(
        'value',
        'print(counts)'
      )
    );
    const question = { picture: CODE, output: 1, slice: null, at: null };
    expect(asked).toEqual([['picture_code', question]]);
    model.dispose();
  });
});
