import type { JSONObject } from '@lumino/coreutils';
import type { IPicture } from '../exporting';
import { useBeside, useResults } from '../hooks';

/**
 * What a result is as a picture to be kept.
 *
 * @param name - Of the file.
 * @param title - Of the picture; empty where it says it itself.
 * @param class_name - Of the code: `insight/pictures/`.
 * @param isBeside - Whether it is of the model that is compared.
 */
export function useResultPicture(
  name: string,
  title: string,
  class_name: string,
  config: JSONObject,
  isBeside = false
): IPicture {
  const output = useResults(r => r.output);
  const slice = useResults(r => r.slice);
  const other = useBeside(b => b.at);
  const code = { class_name, config };
  return { name, title, code, output, slice, ...(isBeside && { at: other }) };
}
