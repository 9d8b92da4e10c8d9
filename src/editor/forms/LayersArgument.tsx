import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { toSnakeCase, uniqueName } from '../../core';
import { useTranslation } from '../host';
import { useCatalog } from '../hooks';
import { configOf, serialized } from './kerasobject';
import { candidatesFor } from './candidates';
import { GroupedSelect } from './GroupedSelect';
import { classOptions, keyOf, ObjectValue } from './ObjectValue';
import type { IArgumentProps } from './fieldprops';

/** Layers one after the other, such as the cells of `StackedRNNCells`. */
export function LayersArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, onChange, registry } = props;
  const trans = useTranslation();
  const catalog = useCatalog(c => c);
  const candidates = React.useMemo(
    () => candidatesFor(catalog, schema),
    [catalog, schema]
  );
  const layers: JSONValue[] = Array.isArray(formData) ? formData : [];
  const names = layers.map(layer => String(configOf(layer).name));

  const without = (index: number) => layers.filter((_, i) => i !== index);
  const moved = (index: number, by: number) => {
    const rest = without(index);
    const to = index + by;
    return [...rest.slice(0, to), layers[index], ...rest.slice(to)];
  };
  const add = (key: string) => {
    const chosen = candidates.classes
      .flatMap(({ entries }) => entries)
      .find(entry => keyOf(entry) === key);
    if (chosen) {
      const base = toSnakeCase(chosen.class_name);
      const name = uniqueName(base, new Set(names));
      onChange([...layers, serialized(chosen, { name })]);
    }
  };
  return (
    <div className="jp-kerasviz-Layers" role="group">
      {layers.map((layer, i) => {
        const actions: [string, string, boolean, () => JSONValue[]][] = [
          ['↑', trans.__('Move up'), i > 0, () => moved(i, -1)],
          [
            '↓',
            trans.__('Move down'),
            i < layers.length - 1,
            () => moved(i, 1)
          ],
          ['×', trans.__('Remove'), true, () => without(i)]
        ];
        return (
          <div key={i} className="jp-kerasviz-Layers-item" data-item={i}>
            <div className="jp-kerasviz-Layers-bar">
              <span>{i + 1}</span>
              {actions.map(([sign, title, isEnabled, act]) => (
                <button
                  key={sign}
                  type="button"
                  title={title}
                  aria-label={`${title}: ${names[i]}`}
                  disabled={!isEnabled}
                  onClick={() => onChange(act())}
                >
                  {sign}
                </button>
              ))}
            </div>
            <ObjectValue
              id={`${idSchema.$id}_${i}`}
              label={trans.__('Class of layer %1', i + 1)}
              value={layer}
              candidates={candidates}
              isNullable={false}
              isLayer
              taken={names.filter((_, other) => other !== i)}
              registry={registry}
              onChange={value =>
                onChange(layers.map((item, j) => (j === i ? value : item)))
              }
            />
          </div>
        );
      })}
      <GroupedSelect
        id={idSchema.$id}
        value=""
        placeholder={trans.__('Add…')}
        groups={classOptions(candidates)}
        onChange={add}
      />
    </div>
  );
}
