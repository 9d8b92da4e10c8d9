import * as React from 'react';
import { say } from '../../core';
import { useWeights } from '../hooks';

/** Which layers of a trained model have fresh weights, and which change made them so. */
export function FreshWeights(): JSX.Element {
  const sentence = useWeights(w => w?.sentence ?? null);
  return (
    <p className="jp-kerasviz-FreshWeights" role="status">
      {sentence !== null && say(sentence)}
    </p>
  );
}
