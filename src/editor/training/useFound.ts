import * as React from 'react';
import { say } from '../../core';
import type { IFound } from '../charts';
import { useHints, useModel, useRun } from '../hooks';

/** The stretches of the curves by which hints were found, in the run that is followed. */
export function useFound(): readonly IFound[] {
  const model = useModel();
  const heard = useHints(h => h.heard);
  const pointed = useHints(h => h.pointed);
  const judged = useHints(h => h.told?.run);
  const isFollowed = useRun(r => r.history?.status.run === judged);
  return React.useMemo(
    () =>
      (isFollowed ? heard : []).flatMap(({ code, title, severity, stretch }) =>
        stretch
          ? {
              ...stretch,
              severity,
              label: say(title),
              code,
              isPointed: code === pointed,
              onOpen: () => model.hints.open(code)
            }
          : []
      ),
    [model, heard, pointed, isFollowed]
  );
}
