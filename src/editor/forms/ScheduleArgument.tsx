import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { isObject } from '../../core';
import { useTranslation } from '../host';
import { useCatalog } from '../hooks';
import { candidatesFor } from './candidates';
import { configOf } from './kerasobject';
import { ObjectValue } from './ObjectValue';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';

/** What is shown below a schedule: its curve, where somebody can draw it. */
export const CurveContext = React.createContext<React.ComponentType | null>(
  null
);

/** The argument of a schedule at which it begins. */
const FIRST = 'initial_learning_rate';

/** A learning rate: a number, or a schedule that changes it from step to step. */
export function ScheduleArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, registry, onChange } = props;
  const trans = useTranslation();
  const catalog = useCatalog(c => c);
  const Curve = React.useContext(CurveContext);
  const constant = trans.__('Constant');
  const candidates = React.useMemo(
    () => ({ ...candidatesFor(catalog, schema), names: [constant] }),
    [catalog, schema, constant]
  );
  const isSchedule = isObject(formData);
  const choose = (value: JSONValue) => {
    if (!isObject(value)) {
      onChange(undefined);
      return;
    }
    const rate = formData ?? (schema.default as JSONValue | undefined);
    const config = configOf(value);
    const begins = typeof rate === 'number' && !(FIRST in config);
    onChange(
      begins ? { ...value, config: { [FIRST]: rate, ...config } } : value
    );
  };
  return (
    <>
      {!isSchedule && <TextArgument {...props} />}
      <ObjectValue
        id={isSchedule ? idSchema.$id : `${idSchema.$id}_kind`}
        label={trans.__('Constant or schedule')}
        value={isSchedule ? formData : constant}
        candidates={candidates}
        isNullable={false}
        isLayer={false}
        registry={registry}
        onChange={choose}
      />
      {isSchedule && Curve && <Curve />}
    </>
  );
}
