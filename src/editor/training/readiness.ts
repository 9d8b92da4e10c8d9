/** What must be there before training can start. */
import { planOf } from '../../core';
import type { IKernelStatus, IModelJSON, ITranslation } from '../../core';

/** For each thing that is missing, what to do. */
export interface IMissing {
  data?: string;
  loss?: string;
  kernel?: string;
}

/** Says what training still needs; empty when it can start. */
export function missing(
  model: IModelJSON,
  kernel: IKernelStatus,
  trans: ITranslation
): IMissing {
  const needs: IMissing = {};
  const { data } = planOf(model);
  if (!data) {
    needs.data = trans.__('Choose the data to train on.');
  } else if ('x' in data.config && (!data.config.x || !data.config.y)) {
    needs.data = trans.__('Name the arrays for x and y.');
  }
  if ((model.compile_config?.loss ?? null) === null) {
    needs.loss = trans.__('Choose a loss.');
  }
  if (kernel.state !== 'ready' && !kernel.start) {
    needs.kernel =
      kernel.message || trans.__('Training needs a kernel. Start one first.');
  }
  return needs;
}
