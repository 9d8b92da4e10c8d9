import * as React from 'react';
import { planOf, type IFitLimits } from '../../core';
import { useAnswer, useCatalog, useDocument, useModel } from '../hooks';
import { entryOf } from '../forms/kerasobject';

const NONE: IFitLimits = { unused: {}, needed: {} };

/**
 * What the data that is chosen does not allow of `fit`, and what `fit` needs for it, as the kernel knows it before the
 * data is loaded.
 */
export function useFitLimits(): IFitLimits {
  const { kernel } = useModel();
  const { catalog } = useCatalog(c => c);
  const isAsked = useDocument(({ model }) => {
    const plan = model && planOf(model);
    const source = entryOf(catalog.data, plan?.data ?? undefined);
    const arguments_ = Object.values(source?.schema.properties ?? {});
    const areBatches = arguments_.some(
      schema => schema['x-keras'] === 'batches_name'
    );
    return areBatches || (plan?.split ?? null) !== null;
  });
  // A cell may make other batches of the same name.
  const [parameters, setParameters] = React.useState({});
  React.useEffect(() => {
    const again = () => setParameters({});
    kernel.cellTold.connect(again);
    return () => {
      kernel.cellTold.disconnect(again);
    };
  }, [kernel]);
  const { result } = useAnswer('fit_limits', parameters, isAsked);
  return isAsked && result ? result : NONE;
}
