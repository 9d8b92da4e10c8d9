import { cleanup, render } from '@testing-library/react';
import * as React from 'react';
import type { ILayerEntry } from '../../../core';
import { CATALOG } from '../../training/__tests__/editor';
import { Markdown } from '../Markdown';

const html = (text: string) => render(<Markdown text={text} />).container;

describe('Markdown', () => {
  afterEach(cleanup);

  it('has paragraphs, bold words and code', () => {
    const page = html('One **bold** and `code`\nline.\n\nTwo.');
    expect(page.querySelectorAll('p')).toHaveLength(2);
    expect(page.querySelector('strong')!.textContent).toBe('bold');
    expect(page.querySelector('code')!.textContent).toBe('code');
    expect(page.querySelector('p')!.textContent).toBe(
      'One bold and code line.'
    );
  });

  it('has lists whose items go over several lines', () => {
    const page = html('- **units**: how\n  many.\n- **bias**: whether.');
    const items = [...page.querySelectorAll('li')];
    expect(items.map(item => item.textContent)).toEqual([
      'units: how many.',
      'bias: whether.'
    ]);
  });

  it('keeps the lines of an example', () => {
    const page = html('Example:\n\n```python\nx = 1\n\ny = 2\n```\nAfter.');
    expect(page.querySelector('pre')!.textContent).toBe('x = 1\n\ny = 2');
    expect(page.textContent).toContain('After.');
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '![x](http://127.0.0.1:9/track)',
    '```html\n<script>alert(1)</script>\n```'
  ])('has text where a docstring has %s', text => {
    const page = html(text);
    expect(page.querySelector('img, a, script')).toBeNull();
    expect(page.textContent).toContain(text.split('\n')[1] ?? text);
  });

  it('loses no letter of what Keras says', () => {
    const letters = (text: string) => text.replace(/[^a-z]/gi, '');
    const changed = CATALOG.catalog.layers.filter(({ doc }: ILayerEntry) => {
      // The language of an example is no word of the text.
      const said = letters(doc.replace(/^\s*```.*/gm, ''));
      const shown = letters(html(doc).textContent ?? '');
      cleanup();
      return said !== shown;
    });
    expect(changed.map(entry => entry.class_name)).toEqual([]);
  });
});
