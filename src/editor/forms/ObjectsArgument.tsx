import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { toSnakeCase, uniqueName } from '../../core';
import { useTranslation } from '../host';
import { useCatalog } from '../hooks';
import { configOf, nameOf, newValue } from './kerasobject';
import { candidatesFor } from './candidates';
import { GroupedSelect } from './GroupedSelect';
import { classOptions, keyOf, ObjectValue } from './ObjectValue';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';
import { Inside } from './tried';

/**
 * Objects one after the other, such as the cells of `StackedRNNCells`, metrics or callbacks. Metrics of each output,
 * which Keras has as lists or objects, are shown and written as JSON.
 */
export function ObjectsArgument(props: IArgumentProps): JSX.Element {
  const { schema, formData, idSchema, onChange, registry } = props;
  const trans = useTranslation();
  const catalog = useCatalog(c => c);
  const candidates = React.useMemo(
    () => candidatesFor(catalog, schema),
    [catalog, schema]
  );
  const isLayer = schema['x-keras'] === 'layers';
  const items: JSONValue[] = Array.isArray(formData) ? formData : [];
  const names = items.map(item =>
    isLayer ? String(configOf(item).name) : nameOf(item)
  );
  if ((formData ?? null) !== null && !isPlainList(formData)) {
    return <TextArgument {...props} schema={{ 'x-keras': 'json' }} />;
  }

  const without = (index: number) => items.filter((_, i) => i !== index);
  const moved = (index: number, by: number) => {
    const rest = without(index);
    const to = index + by;
    return [...rest.slice(0, to), items[index], ...rest.slice(to)];
  };
  const add = (key: string) => {
    const chosen = candidates.classes
      .flatMap(({ entries }) => entries)
      .find(entry => keyOf(entry) === key);
    if (chosen) {
      const base = toSnakeCase(chosen.class_name);
      const config: JSONObject = isLayer
        ? { name: uniqueName(base, new Set(names)) }
        : {};
      onChange([...items, newValue(chosen, config)]);
    } else {
      onChange([...items, key]);
    }
  };
  return (
    <div className="jp-kerasviz-Objects" role="group">
      {items.map((item, i) => {
        const actions: [string, string, boolean, () => JSONValue[]][] = [
          ['↑', trans.__('Move up'), i > 0, () => moved(i, -1)],
          ['↓', trans.__('Move down'), i < items.length - 1, () => moved(i, 1)],
          ['×', trans.__('Remove'), true, () => without(i)]
        ];
        return (
          <div key={i} className="jp-kerasviz-Objects-item" data-item={i}>
            <div className="jp-kerasviz-Objects-bar">
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
            <Inside keys={[String(i)]}>
              <ObjectValue
                id={`${idSchema.$id}_${i}`}
                label={
                  isLayer
                    ? trans.__('Class of layer %1', i + 1)
                    : trans.__('Class of %1', names[i])
                }
                value={item}
                candidates={candidates}
                isNullable={false}
                isLayer={isLayer}
                taken={names.filter((_, other) => other !== i)}
                registry={registry}
                onChange={value =>
                  onChange(items.map((other, j) => (j === i ? value : other)))
                }
              />
            </Inside>
          </div>
        );
      })}
      <GroupedSelect
        id={idSchema.$id}
        value=""
        placeholder={trans.__('Add…')}
        groups={[
          {
            label: null,
            options: candidates.names.map(name => ({ key: name, text: name }))
          },
          ...classOptions(candidates)
        ]}
        onChange={add}
      />
    </div>
  );
}

/** A list of names and objects, none of which is a list or an object of its own. */
function isPlainList(value: JSONValue | undefined): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      item =>
        typeof item === 'string' ||
        (typeof item === 'object' && item !== null && 'class_name' in item)
    )
  );
}
