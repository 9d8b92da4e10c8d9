import fc from 'fast-check';
import { plotText } from '../charttext';

const HOSTILE = [
  '<a href="https://evil.example">loss</a>',
  '<span style="background:url(http://127.0.0.1:9/track)">x</span>',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  'loss<sub>1',
  'a<br>b',
  '&lt;b&gt;',
  '&#60;b&#62;',
  '\u202Eevil\u202C',
  'a\u200Bb\u0000c\u2028d',
  '\uD800',
  '__proto__'
];

/** What Plotly shows of a text without markup. */
function shown(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

describe('plotText', () => {
  it.each(HOSTILE)('leaves no markup in %j and shows it verbatim', name => {
    const text = plotText(name);
    expect(text).not.toMatch(/[<>]/);
    expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
    expect(shown(text)).toBe(name.replace(INVISIBLE, '\uFFFD'));
  });

  it('leaves no markup and nothing invisible in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), name => {
        const text = plotText(name);
        expect(text).not.toMatch(/[<>]/);
        expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(text).not.toMatch(INVISIBLE);
      })
    );
  });

  it('cuts to 120 characters, and never within an entity', () => {
    const text = plotText('<'.repeat(1000));
    expect(shown(text)).toBe(`${'<'.repeat(119)}…`);
  });

  it('counts a character outside the basic plane once', () => {
    expect(plotText('😀'.repeat(120))).toBe('😀'.repeat(120));
  });
});
