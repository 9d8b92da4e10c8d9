import * as React from 'react';
import type { INamedPart } from '../../core';
import { useTranslation } from '../host';
import { useLook, useModel } from '../hooks';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';

const NAMES = { 'x-keras': 'strings' } as const;
const NO_NAMES: string[] = [];

/** Names of columns of the data, or of arrays in a file: those that there are can be ticked, once a person asked. */
export function ColumnNamesArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, onChange, registry } = props;
  const trans = useTranslation();
  const { look } = useModel();
  const parts = useLook(seen => seen.parts);
  const chosen = Array.isArray(formData) ? formData.map(String) : NO_NAMES;
  const set = (names: string[]) =>
    onChange(names.length > 0 ? names : undefined);
  if (parts === null || parts.length === 0) {
    return (
      <>
        <TextArgument
          schema={{ ...NAMES, default: schema.default }}
          formData={chosen.length > 0 ? chosen : undefined}
          idSchema={idSchema}
          registry={registry}
          onChange={onChange}
        />
        <button
          type="button"
          className="jp-kerasviz-Button"
          data-command="parts"
          onClick={() => void look.findParts()}
        >
          {trans.__('Show What Is There')}
        </button>
      </>
    );
  }
  return (
    <ul className="jp-kerasviz-Names" id={idSchema.$id}>
      {[...parts, ...absent(chosen, parts)].map(({ name, holds }) => (
        <li key={name} data-name={name}>
          <label>
            <input
              type="checkbox"
              className="jp-mod-styled"
              checked={chosen.includes(name)}
              onChange={event =>
                set(
                  event.target.checked
                    ? [...chosen, name]
                    : chosen.filter(other => other !== name)
                )
              }
            />
            {name}
            <span className="jp-kerasviz-Field-note">
              {holds ?? trans.__('is not there')}
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}

/** Names that the document has and the data has not. */
function absent(
  chosen: readonly string[],
  parts: readonly INamedPart[]
): { name: string; holds: string | null }[] {
  return chosen
    .filter(name => !parts.some(part => part.name === name))
    .map(name => ({ name, holds: null }));
}
