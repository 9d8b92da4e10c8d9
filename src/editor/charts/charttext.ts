/** Text for Plotly, which reads some HTML and, where MathJax is, TeX in every label. */

const LONGEST = 120;
const ENTITIES: { [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;'
};

/**
 * A name as Plotly must get it to show it verbatim: no markup (`<a href>` would be a live link, `<span style>`
 * can fetch an image), no invisible characters that reorder the line, no endless line.
 *
 * `typesetMath: false` in the configuration of the plot keeps MathJax out.
 */
export function plotText(name: string): string {
  const characters = Array.from(name);
  const short =
    characters.length > LONGEST
      ? [...characters.slice(0, LONGEST - 1), '…']
      : characters;
  return short
    .join('')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD')
    .replace(/[&<>]/g, character => ENTITIES[character]);
}
