import * as React from 'react';
import {
  asKerasError,
  type IKerasError,
  type IRequests,
  type Question
} from '../../core';
import { useDocument, useKernel, useModel } from './model';

/** Milliseconds without a change after which the kernel is asked. */
const PAUSE = 300;

/** What the kernel answered last. */
export interface IAnswer<T> {
  result: T | null;
  error: IKerasError | null;
  /** Whether the document, or what its layers are, was changed since. */
  pending: boolean;
}

/**
 * The kernel's answer to a question about the document, kept up to date.
 *
 * @param type - The request.
 * @param parameters - The payload beside the document; a new object is a new question.
 * @param isAsked - Whether anyone looks: if not, no answer is fetched.
 * @param more - What else the answer depends on: another value is a new question.
 */
export function useAnswer<K extends Question>(
  type: K,
  parameters: Omit<IRequests[K]['payload'], 'document'>,
  isAsked: boolean,
  more?: unknown
): IAnswer<IRequests[K]['result']> {
  const model = useModel();
  const document = useDocument(d => d.model);
  const generation = useKernel(k => k.generation);
  const isReady = useKernel(
    k => k.client !== null && k.status.state === 'ready'
  );
  const [answer, setAnswer] = React.useState<
    Omit<IAnswer<IRequests[K]['result']>, 'pending'> & { about: unknown[] }
  >({ result: null, error: null, about: [] });

  const asking = React.useRef<Promise<unknown>>(Promise.resolve());

  React.useEffect(() => {
    if (!isAsked || !isReady || !document) {
      return;
    }
    let isCurrent = true;
    const ask = async () => {
      // Answers may take seconds; only the newest question waits for the one before.
      await asking.current;
      if (!isCurrent) {
        return;
      }
      const question = model.ask(type, parameters).then(
        result => ({ result, error: null }),
        (reason: unknown) => ({ result: null, error: asKerasError(reason) })
      );
      asking.current = question;
      const answer = await question;
      if (isCurrent) {
        setAnswer({ ...answer, about: [document, generation] });
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [model, type, parameters, document, generation, isAsked, isReady, more]);

  const { result, error, about } = answer;
  const isNew = about[0] === document && about[1] === generation;
  return { result, error, pending: isReady && !isNew };
}
