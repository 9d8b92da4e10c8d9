import { useTranslation } from '../host';
import { useKernel, useRun } from '../hooks';

/** In the place of the state of a run that may have ended meanwhile: its kernel can't be heard. */
export function useUnknown(): string | null {
  const trans = useTranslation();
  const isActive = useRun(r => r.history?.isActive ?? false);
  const isConnected = useKernel(k => k.status.state === 'ready');
  return isActive && !isConnected
    ? trans.__('Unknown: no connection to the kernel')
    : null;
}
