import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import {
  isObject,
  say,
  toSnakeCase,
  uniqueName,
  type IClassEntry
} from '../../core';
import { useTranslation } from '../host';
import {
  commonConfig,
  configOf,
  entryOf,
  labelOf,
  nameOf,
  newValue,
  serialized,
  withConfig
} from './kerasobject';
import type { ICandidates } from './candidates';
import { GroupedSelect, type IOptionGroup } from './GroupedSelect';
import { NestedArguments } from './NestedArguments';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';

const NONE = 'None';

export interface IObjectValueProps {
  id: string;
  label?: string;
  value: JSONValue | undefined;
  candidates: ICandidates;
  /** None may be chosen. */
  isNullable: boolean;
  /** The object is a layer, which has a name. */
  isLayer: boolean;
  /** Names that other layers beside it have. */
  taken?: readonly string[];
  /** What Keras takes where nobody chose one; its class says so in the list. */
  standard?: JSONValue;
  registry: IArgumentProps['registry'];
  onChange(value: JSONValue): void;
}

/** An object: the choice of its class, and the form of its arguments. */
export function ObjectValue(props: IObjectValueProps): JSX.Element {
  const { id, value, candidates, isLayer, taken = [], onChange } = props;
  const trans = useTranslation();
  const entries = candidates.classes.flatMap(group => group.entries);
  const standard =
    props.standard === undefined ? undefined : entryOf(entries, props.standard);
  const isFunction =
    typeof value === 'string' && candidates.names.includes(value);
  const entry = isFunction ? undefined : entryOf(entries, value);
  const config = configOf(value);
  const isUnknown = isObject(value) && isObject(value.config) && !entry;

  const choose = (key: string) => {
    const chosen = entries.find(item => keyOf(item) === key);
    if (chosen) {
      onChange(newObject(chosen));
    } else {
      onChange(key === NONE ? null : key);
    }
  };
  return (
    <>
      <GroupedSelect
        id={id}
        label={props.label}
        value={entry ? keyOf(entry) : value === undefined ? '' : nameOf(value)}
        placeholder={value === undefined ? trans.__('Choose…') : nameOf(value)}
        groups={[
          {
            label: null,
            options: [
              ...(props.isNullable ? [NONE] : []),
              ...candidates.names
            ].map(name => ({ key: name, text: name }))
          },
          ...classOptions(candidates, text =>
            standard && text === labelOf(standard)
              ? trans.__("%1 (Keras' default)", text)
              : text
          )
        ]}
        onChange={choose}
      />
      {entry && (
        <NestedArguments
          id={id}
          entry={entry}
          config={config}
          isLayer={isLayer}
          registry={props.registry}
          onChange={next =>
            onChange(
              entry.identifiers
                ? newValue(entry, next)
                : withConfig(value, entry, next)
            )
          }
        />
      )}
      {isUnknown && (
        <details className="jp-kerasviz-Field-nested">
          <summary>{trans.__('Config of %1', nameOf(value))}</summary>
          <TextArgument
            schema={{ 'x-keras': 'json' }}
            formData={config}
            idSchema={{ $id: `${id}_config` }}
            registry={props.registry}
            onChange={next => onChange({ ...value, config: next ?? {} })}
          />
        </details>
      )}
    </>
  );

  /** An object of a class; what it has in common with the one before stays. */
  function newObject(chosen: IClassEntry): JSONValue {
    const kept = entry ? commonConfig(config, entry, chosen) : {};
    if (!isLayer) {
      return newValue(chosen, kept);
    }
    const name = uniqueName(toSnakeCase(chosen.class_name), new Set(taken));
    return serialized(chosen, { name, ...kept });
  }
}

/** The classes that can be chosen, under their headings. */
export function classOptions(
  { classes }: ICandidates,
  text = (label: string) => label
): IOptionGroup[] {
  return classes.map(({ label, entries }) => ({
    label,
    options: entries.map(entry => ({
      key: keyOf(entry),
      text: text(labelOf(entry)),
      title: entry.disabled ? say(entry.disabled) : entry.summary,
      disabled: Boolean(entry.disabled)
    }))
  }));
}

/** What tells a class from the others that can be chosen. */
export function keyOf(entry: IClassEntry): string {
  return entry.registered_name ?? entry.class_name;
}
