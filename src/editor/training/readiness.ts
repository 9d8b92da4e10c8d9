/** What must be there before training can start. */
import { hasLoss, mayAddLoss, planOf, say } from '../../core';
import type {
  ICatalog,
  IFitLimits,
  IKernelStatus,
  IModelJSON,
  ITranslation
} from '../../core';
import { entryOf } from '../forms/kerasobject';

/** For each thing that is missing, what to do. */
export interface IMissing {
  data?: string;
  loss?: string;
  fit?: string;
  kernel?: string;
  model?: string;
}

/** Says what training still needs; empty when it can start. */
export function missing(
  model: IModelJSON | null,
  catalog: ICatalog,
  kernel: IKernelStatus,
  limits: IFitLimits,
  trans: ITranslation
): IMissing {
  if (!model) {
    return { model: trans.__('There is no model yet.') };
  }
  const needs: IMissing = {};
  const { data, fit } = planOf(model);
  if (!data) {
    needs.data = trans.__('Pick a data set.');
  } else {
    const required = entryOf(catalog.data, data)?.schema.required ?? [];
    const absent = required.filter(name => (data.config[name] ?? '') === '');
    if (absent.length > 0) {
      needs.data = trans.__('Fill in %1.', absent.join(', '));
    }
  }
  if (!hasLoss(model.compile_config?.loss) && !mayAddLoss(model)) {
    needs.loss = trans.__('Pick a loss function.');
  }
  // The kernel takes a moment to say that what was needed is there.
  const needed = Object.keys(limits.needed).filter(name => !fit[name]);
  if (needed.length > 0) {
    needs.fit = needed.map(name => say(limits.needed[name])).join(' ');
  }
  if (kernel.state !== 'ready' && !kernel.start) {
    needs.kernel =
      kernel.message ||
      (kernel.state === 'connecting'
        ? trans.__('Waiting for the kernel…')
        : trans.__('Training needs a kernel. Start one first.'));
  }
  return needs;
}
