import * as React from 'react';
import { say } from '../../core';
import { useWeights } from '../hooks';

/** Which layers have fresh weights instead of those of the trained model or the file, and why. */
export function FreshWeights(): JSX.Element {
  const sentence = useWeights(w => w?.sentence ?? null);
  return (
    <p className="jp-kerasviz-FreshWeights" role="status">
      {sentence !== null && say(sentence)}
    </p>
  );
}
