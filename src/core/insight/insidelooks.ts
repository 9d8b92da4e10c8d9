import { asKerasError } from '../kernel/kernelclient';
import type { IProbe } from '../protocol';
import type { IInside, IInsideQuestions, ILarge } from './insidestate';

/** While a model trains, so many times as long passes until the kernel is asked again as it took to answer. */
const SPARING = 100;
/** Milliseconds between two looks, so that the eye can follow, and a slow model is seen, too. */
const PAUSE = { least: 100, most: 10_000 } as const;

type Output = { node: string; tensor: number };

/** What is looked at: some nodes of the model that is shown, and all of one output. */
interface ILookedAt {
  way: readonly string[];
  /** Empty for all. */
  nodes: readonly string[];
  /** The output that is shown large; another one may be by the time it is asked for. */
  enlarged(): Output | null;
}

/**
 * Asks the kernel once.
 *
 * @param before - What was known before. What was predicted then stays until it is computed again.
 * @param isHurried - Whether what can be seen is wanted at once, without what takes longer.
 * @returns What was found, and the seconds that it took of the thread that trains.
 */
export async function looked(
  ask: IInsideQuestions,
  { way, nodes, enlarged }: ILookedAt,
  before: IProbe | null,
  isHurried: boolean
): Promise<{ found: Partial<IInside>; seconds: number }> {
  let found: Partial<IInside>;
  let seconds = 0;
  try {
    const probe = await ask.probe(way, nodes, isHurried);
    const { predictions, before: was } = (!probe.is_whole && before) || probe;
    seconds += probe.seconds;
    found = { probe: { ...probe, predictions, before: was }, error: null };
  } catch (reason) {
    found = { probe: null, error: asKerasError(reason) };
  }
  const output = enlarged();
  if (output) {
    const large = await asLarge(ask, way, output);
    seconds += large.layer?.seconds ?? 0;
    found = { ...found, large: enlarged() ? large : null };
  }
  return { found, seconds };
}

/**
 * Asks for what takes longer, where a look has left anything out.
 *
 * @param outputs - Nodes that are seen without their cards.
 * @param part - What was found so far.
 * @returns All of it; null where there is no more, or a newer question has ended this one.
 */
export async function completed(
  ask: IInsideQuestions,
  way: readonly string[],
  outputs: readonly string[],
  part: IProbe | null | undefined
): Promise<IProbe | null> {
  if (!part || part.is_whole) {
    return null;
  }
  try {
    const rest = await ask.probe(way, outputs, false);
    const views = { ...rest.views, ...part.views }; // what is drawn is not drawn again
    return { ...rest, views, errors: { ...part.errors, ...rest.errors } };
  } catch {
    return null;
  }
}

async function asLarge(
  ask: IInsideQuestions,
  way: readonly string[],
  { node, tensor }: Output
): Promise<ILarge> {
  try {
    const layer = await ask.layer(way, node, tensor);
    return { node, tensor, layer, error: null };
  } catch (reason) {
    return { node, tensor, layer: null, error: asKerasError(reason) };
  }
}

/** Milliseconds until the kernel is asked again while a model trains, after it took some seconds to answer. */
export function pauseAfter(seconds: number): number {
  return Math.min(PAUSE.most, Math.max(PAUSE.least, seconds * 1000 * SPARING));
}
