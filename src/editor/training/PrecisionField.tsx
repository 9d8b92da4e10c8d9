import * as React from 'react';
import {
  FLOATS,
  policyOf,
  type CatalogIndex,
  type ILayerJSON,
  type TakesPolicy
} from '../../core';
import { GroupedSelect } from '../forms/GroupedSelect';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useModel } from '../hooks';

/** The policy under which Keras scales the loss. */
const SCALED = 'mixed_float16';

/** The dtype policy of all layers, at one choice; each layer keeps its own as its `dtype`. */
export function PrecisionField(): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const catalog = useCatalog(c => c);
  const takes = React.useMemo(() => takesPolicy(catalog), [catalog]);
  const policy = useDocument(d => d.model && policyOf(d.model, takes));
  const scales = useDocument(
    d => d.model?.compile_config?.auto_scale_loss !== false
  );
  const id = React.useId();
  const options = catalog.catalog.dtype_policies
    .filter(name => FLOATS.test(name))
    .map(name => ({ key: name, text: name }));
  return (
    <div className="jp-kerasviz-Field" data-argument="precision">
      <label className="jp-kerasviz-Field-label" htmlFor={id}>
        {trans.__('Precision of all layers')}
      </label>
      <GroupedSelect
        id={id}
        value={policy ?? ''}
        placeholder={trans.__('Layers differ')}
        groups={[{ label: null, options }]}
        onChange={name => document.setPolicy(name, takes)}
      />
      <p className="jp-kerasviz-Field-help">
        {policy === SCALED && scales
          ? trans.__(
              'Sets the dtype policy of each layer. The loss is scaled (LossScaleOptimizer), as auto_scale_loss says.'
            )
          : trans.__('Sets the dtype policy of each layer.')}
      </p>
    </div>
  );
}

function takesPolicy(catalog: CatalogIndex): TakesPolicy {
  return ({ class_name, registered_name }: ILayerJSON) => {
    const { dtype } =
      catalog.layer(class_name, registered_name)?.schema.properties ?? {};
    return dtype?.['x-keras'] === 'dtype_policy';
  };
}
