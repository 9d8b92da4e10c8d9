/** The mends of an analysis, which the kernel looks for after it has told what is wrong. */
import type { IAnalysis } from './analysis';
import type { IFix, IFixesResult, IKerasError } from './protocol';

/** An analysis with these mends and no others; what does not change stays the same object. */
export function withFixes(
  analysis: IAnalysis,
  { nodes, errors }: IFixesResult
): IAnalysis {
  const mended = new Map(analysis.nodes);
  for (const [id, node] of analysis.nodes) {
    const error = node.error && withFix(node.error, nodes[id]);
    if (error !== node.error) {
      mended.set(id, { ...node, error });
    }
  }
  return {
    ...analysis,
    nodes: mended,
    errors: analysis.errors.map((error, i) => withFix(error, errors[i]))
  };
}

function withFix(error: IKerasError, fix: IFix | null = null): IKerasError {
  return error.fix === fix ? error : { ...error, fix };
}
