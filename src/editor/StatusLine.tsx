import * as React from 'react';
import { isWhole, type IKernelStatus, type ITranslation } from '../core';
import { formatBackend, formatBytes, formatCount } from './format';
import { useTranslation } from './host';
import { useAnalysis, useDocument, useKernel } from './hooks';

/** One line below the canvas: totals of the model, and whether a kernel answers. */
export function StatusLine(): JSX.Element {
  const trans = useTranslation();
  const totals = useAnalysis(a => a.totals);
  const whole = useAnalysis(isWhole);
  const pending = useAnalysis(a => a.pending);
  const kernel = useKernel(k => k.status);
  const layers = useDocument(d => d.shown?.config.layers.length ?? 0);
  return (
    <div
      className="jp-kerasviz-StatusLine"
      data-kernel={kernel.state}
      data-pending={pending || undefined}
      data-loading={isLoading(kernel) || undefined}
    >
      <span className="jp-kerasviz-StatusLine-totals">
        {totals
          ? [
              layerCount(totals.layers, trans),
              ...(whole
                ? [paramCount(totals.params, trans), formatBytes(totals.bytes)]
                : [trans.__('%1 so far', paramCount(totals.params, trans))])
            ].join(' · ')
          : layerCount(layers, trans)}
      </span>
      <span
        className="jp-kerasviz-StatusLine-kernel"
        role="status"
        title={kernel.message || chosenBy(kernel, trans)}
      >
        {kernelText(kernel, trans)}
      </span>
    </div>
  );
}

/** Whether a kernel starts, or imports Keras: it has no device before. */
function isLoading({ state, hello }: IKernelStatus): boolean {
  return (
    state === 'connecting' || (state === 'ready' && !hello?.devices.length)
  );
}

/** What a kernel computes with, and how to have another backend. */
function chosenBy(
  { state, hello }: IKernelStatus,
  trans: ITranslation
): string | undefined {
  return hello && state === 'ready'
    ? trans.__(
        'This kernel runs Keras on %1. For another backend, choose a kernel that sets KERAS_BACKEND, or set "backend" in keras.json and restart the kernel.',
        formatBackend(hello.backend)
      )
    : undefined;
}

function layerCount(layers: number, trans: ITranslation): string {
  return trans._n('%2 layer', '%2 layers', layers, formatCount(layers));
}

function paramCount(params: number, trans: ITranslation): string {
  return trans._n('%2 parameter', '%2 parameters', params, formatCount(params));
}

/** What the kernel is doing, or what it has. */
function kernelText(
  { state, message, hello }: IKernelStatus,
  trans: ITranslation
): string {
  if (hello && state === 'ready') {
    const [device] = hello.devices;
    // A kernel has a device as soon as it has Keras; importing that takes seconds.
    return device
      ? [
          `Keras ${hello.keras}`,
          formatBackend(hello.backend),
          device.label
        ].join(' · ')
      : trans.__('Loading Keras with %1…', formatBackend(hello.backend));
  }
  if (message !== '') {
    return message;
  }
  return state === 'connecting'
    ? trans.__('Waiting for the kernel…')
    : trans.__('No kernel is running. Start one to see shapes and parameters.');
}
