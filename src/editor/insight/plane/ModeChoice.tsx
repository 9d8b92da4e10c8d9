import * as React from 'react';
import { say } from '../../../core';
import { useTranslation } from '../../host';
import { useInside, useModel } from '../../hooks';

/** Whether a single sample is followed, or a whole plane of them. */
export function ModeChoice(): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const isPlane = useInside(i => (i.sample?.plane ?? null) !== null);
  const can = useInside(i => i.sample?.ways.includes('over_plane') ?? true);
  const why = useInside(i => i.sample?.why_no_data ?? null);
  const isPicture = useInside(
    i => i.sample?.inputs.some(({ ways }) => ways.includes('drawn_on')) ?? false
  );
  const mode = (is: boolean, label: string, hindrance: string | null) => (
    <button
      type="button"
      className="jp-mod-styled"
      aria-pressed={isPlane === is}
      disabled={hindrance !== null}
      title={hindrance ?? undefined}
      onClick={() => void inside.setPlane(is)}
    >
      {label}
    </button>
  );
  return (
    <div
      className="jp-kerasviz-ModeChoice"
      role="group"
      aria-label={trans.__('What to show')}
    >
      {mode(false, trans.__('One sample'), null)}
      {mode(
        true,
        trans.__('Input plane'),
        can
          ? null
          : why !== null
            ? say(why)
            : isPicture
              ? trans.__(
                  'The input plane is for numbers that have a meaning of their own, such as columns. The samples here are images.'
                )
              : trans.__('The input plane needs samples of 2 to 128 numbers.')
      )}
    </div>
  );
}
