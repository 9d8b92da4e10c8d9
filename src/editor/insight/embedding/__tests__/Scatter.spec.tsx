import { cleanup, fireEvent } from '@testing-library/react';
import * as React from 'react';
import type { IEmbedding } from '../../../../core';
import { show } from '../../../__tests__/host';
import { editorModel } from '../../../training/__tests__/editor';
import { Scatter } from '../Scatter';

const EMBEDDING = {
  indices: [3, 8, 9],
  across: [0, 1, 2],
  up: [0, 2, 1],
  targets: [0, 1, 1],
  labels: ['cat', 'dog', 'dog'],
  predicted: ['cat', 'cat', 'dog']
} as unknown as IEmbedding;

describe('samples as points', () => {
  afterEach(cleanup);

  it('are marked where they are predicted wrong, and followed by a click or the keys', () => {
    const chosen: number[] = [];
    const { container } = show(
      editorModel(),
      <Scatter
        embedding={EMBEDDING}
        hasClasses
        side={200}
        marked={0}
        onPoint={() => undefined}
        onChoose={point => chosen.push(point)}
      />
    );
    const svg = container.querySelector('svg')!;
    const points = svg.querySelectorAll('path');
    expect(points).toHaveLength(3);
    expect(svg.querySelectorAll('[data-wrong]')).toHaveLength(1);
    expect(points[1].getAttribute('transform')).toMatch(/ 8\)/); // the highest
    expect(svg.querySelectorAll('.jp-kerasviz-Scatter-mark')).toHaveLength(1);
    fireEvent.click(points[2]);
    fireEvent.keyDown(svg, { key: 'ArrowRight' });
    fireEvent.keyDown(svg, { key: 'Enter' });
    expect(chosen).toEqual([2, 1]);
  });
});
