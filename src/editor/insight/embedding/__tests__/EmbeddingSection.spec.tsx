import { act, cleanup, screen } from '@testing-library/react';
import * as React from 'react';
import type { IEmbedding, ISample } from '../../../../core';
import { show, standInForBrowser } from '../../../__tests__/host';
import { chainModel } from '../../../__tests__/models';
import { EmbeddingSection } from '../EmbeddingSection';

const METHODS = ['pca', 'tsne'].map(class_name => ({
  class_name,
  title: class_name,
  summary: '',
  schema: { type: 'object', properties: {} },
  unfit: null
}));

/** Of principal components, which follow each change at once. */
const EMBEDDING = {
  part: 'training',
  indices: [0, 1],
  across: [0, 1],
  up: [0, 1],
  targets: [0, 1],
  labels: ['cat', 'dog'],
  predicted: ['cat', 'dog'],
  method: { class_name: 'pca', config: {} },
  methods: METHODS,
  follows: true,
  notes: []
} as unknown as IEmbedding;

describe('the section of samples as points', () => {
  beforeEach(standInForBrowser);
  afterEach(cleanup);

  it('can be stopped while a method that takes long is asked for, after one that does not', () => {
    const model = chainModel('InputLayer', 'Dense');
    const { inside, embedding } = model;
    const sample = { parts: { training: 2 }, classes: [], views: [] };
    const node = model.document.graph.nodes[1];
    const asking = (class_name: string) => {
      const method = { class_name, config: {} };
      const question = { node: node.id, part: 'training', samples: 2, method };
      embedding.set({
        ...embedding.value,
        question: question as never,
        embedding: EMBEDDING,
        isAsking: true
      });
    };
    inside.set({
      ...inside.value,
      isOpen: true,
      sample: sample as unknown as ISample
    });
    asking('pca');
    show(model, <EmbeddingSection node={node} />);
    expect(screen.queryByText('Stop')).toBeNull();
    act(() => asking('tsne'));
    expect(screen.getByText('Stop')).toBeTruthy();
  });
});
