import { cleanup, fireEvent, screen } from '@testing-library/react';
import * as React from 'react';
import type { IWhy, IWhyMethod, IWhyPart } from '../../../core';
import { show, standInForBrowser } from '../../__tests__/host';
import { chainModel } from '../../__tests__/models';
import { WhyPanel } from '../WhyPanel';

const float32 = (...numbers: number[]): string =>
  btoa(
    String.fromCharCode(...new Uint8Array(Float32Array.from(numbers).buffer))
  );

const METHOD: IWhyMethod = {
  class_name: 'saliency',
  title: 'Saliency',
  summary: 'The size of the gradient.',
  schema: { type: 'object', properties: {} },
  means: 'It reacts here.' as never,
  means_not: 'It does not say why.' as never,
  unfit: null
};

const PART: IWhyPart = {
  name: 'image',
  kind: 'picture',
  view: null,
  numbers: float32(0, 1.5, 2, 0.25),
  height: 2,
  width: 2,
  step: 1,
  most: 2,
  names: [],
  values: []
};

const WHY: IWhy = {
  methods: [
    METHOD,
    {
      ...METHOD,
      class_name: 'grad_cam',
      title: 'Grad-CAM',
      unfit: 'It needs a convolution.' as never
    }
  ],
  method: { class_name: 'saliency', config: {} },
  outputs: ['dense:0'],
  output: 0,
  answers: ['cat', 'dog'],
  target: 1,
  says: 1,
  probability: 0.75,
  value: 2.5,
  is_score: true,
  is_of_data: false,
  is_signed: false,
  parts: [PART],
  notes: [],
  weights: 'trained',
  seconds: 0
};

function shown(why: Partial<IWhy> = {}, state = {}) {
  const model = chainModel('InputLayer', 'Dense');
  model.why.set({
    ...model.why.value,
    isOpen: true,
    why: { ...WHY, ...why },
    ...state
  });
  show(model, <WhyPanel />);
  return model;
}

describe('why an answer', () => {
  beforeEach(() => {
    standInForBrowser();
    HTMLCanvasElement.prototype.getContext = () => null; // jsdom draws nothing
  });
  afterEach(cleanup);

  it('takes no room while nobody asks', () => {
    show(chainModel('InputLayer', 'Dense'), <WhyPanel />);
    expect(screen.queryByRole('region')).toBeNull();
  });

  it('says what a weight means and what it does not, and what is explained', () => {
    shown();
    const panel = screen.getByRole('region', {
      name: 'Explanation of the prediction'
    });
    expect(panel.textContent).toContain('It reacts here. It does not say why.');
    expect(panel.textContent).toContain('probability 75.0 %');
    expect(panel.textContent).toContain('2.5');
  });

  it('gives a number for each place, by keyboard', () => {
    shown();
    const map = screen.getByRole('img', { name: /“image”/ });
    const said = screen.getByRole('status');
    fireEvent.keyDown(map, { key: 'ArrowRight' });
    expect(said.textContent).toBe('row 0, column 0: 0');
    fireEvent.keyDown(map, { key: 'ArrowDown' });
    expect(said.textContent).toBe('row 1, column 0: 2');
  });

  it('asks for another answer and another method; one that does not fit says why', () => {
    const model = shown();
    const chosen = jest.spyOn(model.why, 'choose').mockReturnValue();
    fireEvent.change(screen.getByLabelText('Output to explain'), {
      target: { value: '0' }
    });
    expect(chosen).toHaveBeenLastCalledWith({ target: 0 });
    const option = screen.getByRole<HTMLOptionElement>('option', {
      name: 'Grad-CAM – It needs a convolution.'
    });
    expect(option.disabled).toBe(true);
    fireEvent.change(screen.getByLabelText('Method'), {
      target: { value: 'saliency' }
    });
    expect(chosen).toHaveBeenLastCalledWith({
      method: { class_name: 'saliency', config: {} }
    });
  });

  it('colours words, and tells the weight of the one that is pointed at', () => {
    const words = { ...PART, kind: 'tokens' as const, height: 1, width: 3 };
    shown({
      is_signed: true,
      parts: [
        {
          ...words,
          numbers: float32(-1, 0, 2),
          names: ['<b>bad</b>', '', 'good']
        }
      ]
    });
    const word = screen.getByText('<b>bad</b>');
    expect(word.style.background).toContain('0, 114, 178');
    fireEvent.mouseOver(word);
    expect(screen.getByRole('status').textContent).toBe(
      'word 0, <b>bad</b>: -1'
    );
  });

  it('shows columns by their weight, the largest first, with their values', () => {
    shown({
      parts: [
        {
          ...PART,
          kind: 'columns',
          height: 1,
          width: 3,
          numbers: float32(0.5, -2, 1),
          names: ['rooms', 'age', 'tax'],
          values: ['3', '10', '7']
        }
      ]
    });
    const rows = screen.getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual([
      'age10-2',
      'tax71',
      'rooms30.5'
    ]);
  });

  it('names no answer where weights are about the whole data', () => {
    shown({ is_of_data: true });
    expect(screen.queryByLabelText('Output to explain')).toBeNull();
    expect(screen.getByRole('region').textContent).not.toContain('75.0 %');
  });

  it('shows how far it is, and can be stopped', () => {
    const model = shown({}, { isAsking: true, share: 0.5 });
    const stopped = jest.spyOn(model.why, 'stop').mockReturnValue();
    expect(screen.getByRole('progressbar')).toHaveProperty('value', 0.5);
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(stopped).toHaveBeenCalled();
  });
});
