import type { EditorModel } from '../../../core';
import { chainModel } from '../../__tests__/models';
import { canvasSVG } from '../canvassvg';

describe('canvasSVG', () => {
  let model: EditorModel;
  const picture = () =>
    new DOMParser().parseFromString(
      canvasSVG(model, getComputedStyle(document.body)),
      'image/svg+xml'
    );

  beforeEach(() => {
    model = chainModel('InputLayer', 'Dense');
    model.document.move({ 'input_layer:0': [0, 0], 'dense:0': [-50, 200] });
  });

  afterEach(() => model.dispose());

  it('has a card for each layer and a line for each connection', () => {
    const texts = [...picture().querySelectorAll('text')].map(
      element => element.textContent
    );
    expect(texts).toContain('input_layer');
    expect(texts).toContain('dense');
    expect(picture().querySelectorAll('path')).toHaveLength(1);
  });

  it('is as large as the drawing', () => {
    const svg = picture().documentElement;
    const [left, top] = svg.getAttribute('viewBox')!.split(' ').map(Number);
    expect(left).toBe(-50 - 24);
    expect(top).toBe(-24);
    expect(Number(svg.getAttribute('height'))).toBe(24 + 200 + 76 + 24);
  });

  it('takes the colours of the theme', () => {
    document.body.style.setProperty('--jp-kerasviz-family-core', '#123456');
    expect(picture().querySelector('rect[fill="#123456"]')).toBeTruthy();
    document.body.style.removeProperty('--jp-kerasviz-family-core');
  });

  it('shows names as they are: none becomes markup', () => {
    const name = '<script>alert(1)<script>&"]]>\u0007';
    model.document.rename('dense', name);
    const texts = [...picture().querySelectorAll('text')].map(
      element => element.textContent
    );
    expect(texts).toContain(name.replace('\u0007', '\ufffd'));
    expect(picture().querySelector('script, foreignObject')).toBeNull();
  });
});
