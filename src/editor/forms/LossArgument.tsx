import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { isObject } from '../../core';
import { useTranslation } from '../host';
import { useCatalog } from '../hooks';
import { candidatesFor } from './candidates';
import { ObjectValue } from './ObjectValue';
import type { IArgumentProps } from './fieldprops';

/** A loss; or one for each output of the model, in a list or by name, as the document has them. */
export function LossArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, registry, onChange } = props;
  const trans = useTranslation();
  const catalog = useCatalog(c => c);
  const candidates = React.useMemo(
    () => candidatesFor(catalog, schema),
    [catalog, schema]
  );
  const loss = (
    id: string,
    value: JSONValue | undefined,
    change: (value: JSONValue) => void,
    label?: string
  ) => (
    <ObjectValue
      key={id}
      id={id}
      label={label}
      value={value ?? undefined}
      candidates={candidates}
      isNullable
      isLayer={false}
      registry={registry}
      onChange={change}
    />
  );
  const id = idSchema.$id;
  if (!isByOutput(formData)) {
    return loss(id, formData, onChange);
  }
  return (
    <div className="jp-kerasviz-Objects" role="group">
      {Object.entries(formData).map(([output, value]) => (
        <div key={output} className="jp-kerasviz-Objects-item">
          <div className="jp-kerasviz-Objects-bar">
            <span>{trans.__('Output %1', output)}</span>
          </div>
          {loss(
            `${id}_${output}`,
            value,
            chosen =>
              onChange(
                Array.isArray(formData)
                  ? formData.map((item, i) =>
                      String(i) === output ? chosen : item
                    )
                  : { ...formData, [output]: chosen }
              ),
            trans.__('Loss of output %1', output)
          )}
        </div>
      ))}
    </div>
  );
}

function isByOutput(
  value: JSONValue | undefined
): value is JSONValue[] | JSONObject {
  return Array.isArray(value) || (isObject(value) && !('class_name' in value));
}
