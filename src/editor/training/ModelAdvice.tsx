import * as React from 'react';
import type { IAnalysis, IKerasError } from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { useTranslation } from '../host';
import { useAnalysis } from '../hooks';

/** What keeps the model from being trained well, as the cards say it, with the ways out. */
export function ModelAdvice(): JSX.Element | null {
  const trans = useTranslation();
  const analysis = useAnalysis(a => a);
  const errors = React.useMemo(() => allOf(analysis), [analysis]);
  return errors.length === 0 ? null : (
    <section
      className="jp-kerasviz-Advice"
      aria-label={trans.__('Problems of the model')}
    >
      {errors.map((error, i) => (
        <ErrorNotice key={i} error={error} />
      ))}
    </section>
  );
}

function allOf({ nodes, errors }: IAnalysis): IKerasError[] {
  const ofNodes = [...nodes.values()].flatMap(({ error }) => error ?? []);
  return [...ofNodes, ...errors];
}
