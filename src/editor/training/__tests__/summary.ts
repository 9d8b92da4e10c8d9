import type { IRunSummary } from '../../../core';

/** A run in the list of those that are kept. */
export function summary(
  id: string,
  more: Partial<IRunSummary> = {}
): IRunSummary {
  return {
    id,
    run: id,
    name: id,
    note: '',
    state: 'finished',
    hidden: false,
    group: null,
    values: {},
    judged: null,
    started: 1,
    ended: 2,
    elapsed: 1,
    device: 'CPU',
    epoch: 2,
    epochs: 2,
    step: 20,
    parameters: 10,
    best: {},
    last: {},
    changes: [],
    error: null,
    bytes: 2048,
    ...more
  };
}
