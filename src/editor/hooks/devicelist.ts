import * as React from 'react';
import type { IDeviceState } from '../../core';
import { useKernel } from './model';

/** Milliseconds between an answer and the next question. */
const EVERY = 2000;

/**
 * The devices of the kernel, and how much of them is in use now; null where there is no kernel, or not yet Keras.
 *
 * @param isAsked - Whether anyone looks: if not, nothing is asked.
 */
export function useDevices(isAsked: boolean): readonly IDeviceState[] | null {
  const client = useKernel(k => k.client);
  const hasKeras = useKernel(
    k => k.status.state === 'ready' && (k.status.hello?.devices.length ?? 0) > 0
  );
  const [devices, setDevices] = React.useState<IDeviceState[] | null>(null);
  React.useEffect(() => {
    if (!client || !hasKeras) {
      setDevices(null);
      return;
    }
    if (!isAsked) {
      return;
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const ask = async () => {
      try {
        const answer = await client.request('devices', {});
        if (isCurrent) {
          setDevices(answer.devices);
          timer = setTimeout(() => void ask(), EVERY);
        }
      } catch {
        // The kernel is gone, which the status line says.
      }
    };
    void ask();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, hasKeras, isAsked]);
  return devices;
}
