import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { useCatalog } from '../hooks';
import { accepts } from './accepts';
import { candidatesFor } from './candidates';
import { ObjectValue } from './ObjectValue';
import type { IArgumentProps } from './fieldprops';

/** An argument that is one object: an initializer, an activation, a layer, an optimizer, a data source. */
export function ObjectArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, onChange, registry } = props;
  const catalog = useCatalog(c => c);
  const candidates = React.useMemo(
    () => candidatesFor(catalog, schema),
    [catalog, schema]
  );
  return (
    <ObjectValue
      id={idSchema.$id}
      value={formData ?? (schema.default as JSONValue | undefined)}
      candidates={candidates}
      isNullable={accepts(schema, 'null')}
      isLayer={schema['x-keras'] === 'layer'}
      standard={
        schema['x-keras'] === 'optimizer'
          ? (schema.default as JSONValue | undefined)
          : undefined
      }
      registry={registry}
      onChange={onChange}
    />
  );
}
