import { useTranslation } from '../host';
import { useCatalog, useDocument, useFitLimits, useKernel } from '../hooks';
import { missing, type IMissing } from './readiness';

/** What training still needs; empty when it can start. */
export function useMissing(): IMissing {
  const trans = useTranslation();
  const model = useDocument(d => d.model);
  const kernel = useKernel(k => k.status);
  const { catalog } = useCatalog(c => c);
  const limits = useFitLimits();
  return missing(model, catalog, kernel, limits, trans);
}
