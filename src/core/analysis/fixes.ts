/** Fixes: the kernel looks for them after it has reported the errors, and applies them. */
import type { IAnalysis } from './analysis';
import { stringify } from '../document/floats';
import type { KerasDocument } from '../document/kerasdocument';
import { parseModel } from '../document/source';
import { refusal, type KernelClient } from '../kernel/kernelclient';
import type { IFix, IFixesResult, IKerasError } from '../protocol';
import { trans } from '../translation';

/** What an error is about: the model that is shown, as those of the analysis, or the document's, as those of a run. */
export type FixSubject = 'shown' | 'document';

/** Fixes a model, as one step that can be undone; rejects with a `KernelError`. */
export async function applyFix(
  kernel: KernelClient,
  document: KerasDocument,
  fix: IFix,
  subject: FixSubject
): Promise<void> {
  const isOutside = subject === 'document' && document.path.length > 0;
  const current = () => (isOutside ? document.model : document.shown);
  const model = current()!;
  const fixed = await kernel.request('apply_fix', {
    document: stringify(model),
    fix
  });
  if (current() !== model) {
    throw refusal(
      'changed',
      trans.__('The model was changed meanwhile. Try again.')
    );
  }
  if (isOutside) {
    document.editWhole(parseModel(fixed.document));
  } else {
    document.edit(parseModel(fixed.document));
  }
}

/** An analysis with these fixes and no others, and all errors of the model; a node that does not change stays the same object. */
export function withFixes(
  analysis: IAnalysis,
  { nodes, errors }: IFixesResult
): IAnalysis {
  const fixed = new Map(analysis.nodes);
  for (const [id, node] of analysis.nodes) {
    const error = node.error && withFix(node.error, nodes[id]);
    if (error !== node.error) {
      fixed.set(id, { ...node, error });
    }
  }
  return { ...analysis, nodes: fixed, errors };
}

function withFix(error: IKerasError, fix: IFix | null = null): IKerasError {
  return error.fix === fix ? error : { ...error, fix };
}
