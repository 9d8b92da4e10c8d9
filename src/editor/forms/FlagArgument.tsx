import * as React from 'react';
import { useTranslation } from '../host';
import type { IArgumentProps } from './fieldprops';

/** A switch. */
export function FlagArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, onChange } = props;
  const trans = useTranslation();
  const checked = (formData ?? schema.default) === true;
  return (
    <span className="jp-kerasviz-Field-flag">
      <input
        id={idSchema.$id}
        className="jp-mod-styled"
        type="checkbox"
        checked={checked}
        onChange={event => onChange(event.target.checked)}
      />
      {checked ? trans.__('yes') : trans.__('no')}
    </span>
  );
}
