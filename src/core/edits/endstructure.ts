/** The structures that name a model's inputs and outputs: a tensor, or lists or objects of such. */
import type { JSONObject, JSONValue } from '@lumino/coreutils';
import { isHistory, leavesIn, mapLeaves } from '../graph/tensors';
import type { KerasHistory } from '../keras';
import { uniqueName } from '../graph/layerjson';

/** The structure without the tensors that are gone; new ones take their places, or come last. */
export function replaceEnds(
  ends: JSONValue | undefined,
  kept: (history: KerasHistory) => KerasHistory | null,
  added: KerasHistory[]
): JSONValue {
  const queue = [...added];
  const map = (history: KerasHistory): KerasHistory | null => {
    const now = kept(history) ?? queue.shift() ?? null;
    return now && now.every((part, i) => part === history[i]) ? history : now;
  };
  let result: JSONValue = mapLeaves(ends ?? [], isHistory, map) ?? [];
  for (const history of queue) {
    result = withEnd(result, history);
  }
  const isSingle =
    Array.isArray(result) && result.length === 1 && isHistory(result[0]);
  return isSingle && leavesIn(ends, isHistory).length !== 1
    ? (result as JSONValue[])[0]
    : result;
}

/** The structure with a tensor more, which comes last; in an object, under the name of its layer. */
function withEnd(ends: JSONValue, history: KerasHistory): JSONValue {
  if (isHistory(ends)) {
    return [ends, history];
  }
  if (Array.isArray(ends)) {
    return [...ends, history];
  }
  const object = ends as { [key: string]: JSONValue };
  const key = uniqueName(history[0], new Set(Object.keys(object)));
  return { ...object, [key]: history };
}

/** The tensors by name: each under that of its layer. */
export function namedEnds(ends: JSONValue | undefined): JSONObject {
  return leavesIn(ends, isHistory).reduce<JSONObject>(
    (named, history) => withEnd(named, history) as JSONObject,
    {}
  );
}

/** The tensors in the order in which Keras takes them; one alone is no list. */
export function orderedEnds(ends: readonly KerasHistory[]): JSONValue {
  return ends.length === 1 ? ends[0] : [...ends];
}

/** The structure with another name for a tensor, where it has names and no other has that. */
export function renamedEnd(
  ends: JSONValue | undefined,
  from: string,
  to: string
): JSONValue | undefined {
  const hasNames = typeof ends === 'object' && ends && !Array.isArray(ends);
  return !hasNames || to in ends
    ? ends
    : (Object.fromEntries(
        Object.entries(ends).map(([key, value]) => [
          key === from ? to : key,
          value
        ])
      ) as JSONObject);
}

/** The structure with one of its tensors in another place among them. */
export function movedEnd(
  ends: JSONValue | undefined,
  from: number,
  to: number
): JSONValue {
  const order = leavesIn(ends, isHistory);
  order.splice(to, 0, ...order.splice(from, 1));
  return mapLeaves(ends ?? [], isHistory, () => order.shift()!)!;
}
