import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import type { IArgumentsSchema } from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { entryOf, labelOf } from '../forms/kerasobject';
import { useTranslation } from '../host';
import { useCatalog, useModel } from '../hooks';
import { asChosen } from './choices';
import { TRAINING } from './paths';
import { Section } from './Section';
import { usePlan } from './usePlan';

const ENTRY: { schema: IArgumentsSchema } = {
  schema: {
    type: 'object',
    properties: { place: { type: 'object', 'x-keras': 'place' } }
  }
};

/** Where a run trains: in the kernel where the document does not say another place. */
const KERNEL = { class_name: 'thread', config: {} };

/** Where the model is trained. */
export function PlaceSection(): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const { places } = useCatalog(c => c).catalog;
  const place = usePlan()?.place ?? KERNEL;
  const values = React.useMemo((): JSONObject => ({ place }), [place]);
  const chosen = entryOf(places, place);
  return (
    <Section
      name="place"
      title={trans.__('Place')}
      summary={chosen ? labelOf(chosen) : place.class_name}
      isFolded
    >
      <ArgumentsForm
        path={TRAINING}
        entry={ENTRY}
        values={values}
        onChange={({ place: value }) =>
          document.setTraining({ place: asChosen(value) ?? KERNEL })
        }
      />
      {chosen && <p className="jp-kerasviz-Field-note">{chosen.summary}</p>}
    </Section>
  );
}
