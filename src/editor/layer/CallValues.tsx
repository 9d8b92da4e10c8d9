import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import {
  isObject,
  parseCallValue,
  requiredValues,
  stringify,
  type IArgumentsSchema,
  type ILayerArguments,
  type ILayerEntry,
  type INode,
  type IRequiredValue
} from '../../core';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useModel } from '../hooks';
import { sameValue } from '../forms/kerasobject';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { FlagField } from '../forms/FlagField';
import { LineField } from '../forms/LineField';
import { MaskPorts } from './MaskPorts';

const NOTHING: IArgumentsSchema = { type: 'object', properties: {} };

/** What a call takes besides its tensors: values that its layer takes, others that the model has, and masks. */
export function CallValues({ node }: { node: INode }): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const entry = useCatalog(c => c.layer(node.class_name, node.registered_name));
  const tensors = useDocument(d =>
    d.graph.edges
      .filter(edge => edge.target === node.id)
      .map(edge => edge.port)
      .join()
  );
  const required = React.useMemo(
    () => (entry ? requiredValues(node, entry) : []),
    [entry, node]
  );
  const form = React.useMemo(
    () => ({
      schema:
        (tensors !== '' || required.length > 0) && entry
          ? plainly(entry, node, tensors.split(','))
          : NOTHING
    }),
    [entry, tensors, node, required]
  );
  const [isOpen] = React.useState(
    node.values.length > 0 || required.length > 0
  );
  const { properties } = form.schema;
  const others = node.values.filter(
    ([port]) =>
      !(port in properties) && !required.some(item => item.port === port)
  );
  const hasMasks = entry?.inputs.some(port => port.carried);
  if (
    others.length === 0 &&
    Object.keys(properties).length === 0 &&
    !hasMasks
  ) {
    return null;
  }
  const set = (values: ILayerArguments) =>
    document.setCallValues(node.id, values);
  return (
    <details
      className="jp-kerasviz-Field-more jp-kerasviz-CallValues"
      open={isOpen}
    >
      <summary>{trans.__('Arguments of this call')}</summary>
      <ArgumentsForm
        isFlat
        entry={form}
        values={Object.fromEntries([
          ...node.values,
          ...required
            .filter(({ value }) => value !== undefined)
            .map(({ name, value }) => [name, value])
        ])}
        onChange={changed =>
          set(byPort(withoutDefaults(changed, form.schema), required))
        }
      />
      {others.map(([port, value]) => {
        const label = entry?.inputs[Number(port)]?.name ?? port;
        return typeof value === 'boolean' ? (
          <FlagField
            key={port}
            label={label}
            value={value}
            onChange={next => set({ [port]: next })}
          />
        ) : (
          <LineField
            key={port}
            label={label}
            value={stringify(value)}
            onCommit={text => set({ [port]: parse(text) })}
          />
        );
      })}
      {entry && hasMasks && <MaskPorts node={node} entry={entry} />}
    </details>
  );

  function parse(text: string): JSONValue {
    try {
      return parseCallValue(text);
    } catch {
      throw new Error(
        trans.__(
          'Expected JSON, such as 1.5, "text" or [1, 2]. Received: %1',
          text
        )
      );
    }
  }
}

/**
 * The arguments of `call` but for those that are tensors here, or stand at a position, and those that are written as
 * objects, such as whole floats: a line shows these.
 *
 * @param tensors - Ports that tensors go into.
 */
function plainly(
  { call: { properties, ...schema }, inputs }: ILayerEntry,
  { values }: INode,
  tensors: readonly string[]
): IArgumentsSchema {
  const written = new Map(values);
  const isTaken = (name: string): boolean => {
    const position = String(inputs.findIndex(port => port.name === name));
    return (
      tensors.includes(name) ||
      tensors.includes(position) ||
      written.has(position)
    );
  };
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).filter(
        ([name]) => !isObject(written.get(name)) && !isTaken(name)
      )
    )
  };
}

/** What is set by name, as the call names it. */
function byPort(
  values: ILayerArguments,
  required: readonly IRequiredValue[]
): ILayerArguments {
  const ports = new Map(required.map(({ name, port }) => [name, port]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      ports.get(name) ?? name,
      value
    ])
  );
}

/** What is as Keras has it is not in the call: `undefined`. */
function withoutDefaults(
  values: ILayerArguments,
  { properties }: IArgumentsSchema
): ILayerArguments {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      sameValue(value, properties[name].default as JSONValue | undefined)
        ? undefined
        : value
    ])
  );
}
