import type { JSONObject } from '@lumino/coreutils';
import type { IPicture } from '../exporting';
import { useResults } from '../hooks';

/**
 * What a result is as a picture to be kept. Of a part of the data it has code; of some of its samples, of new ones and
 * of a model that is compared it has none.
 *
 * @param name - Of the file.
 * @param class_name - Of the code: `insight/pictures/`.
 */
export function useResultPicture(
  name: string,
  class_name: string,
  config: JSONObject,
  isBeside = false
): IPicture {
  const output = useResults(r => r.output);
  const isOfPart = useResults(
    r => r.slice === null && r.evaluation?.data === null
  );
  const code = isOfPart && !isBeside ? { class_name, config } : null;
  return { name, code, output };
}
