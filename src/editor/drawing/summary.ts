/** Values of a layer's config, short enough for its card. */
import type { JSONValue } from '@lumino/coreutils';
import {
  isObject,
  formatIndex,
  requiredValues,
  type CatalogIndex,
  type IArgumentSchema,
  type IClassEntry,
  type ILayerEntry,
  type INode,
  type KerasKind,
  type Shape
} from '../../core';
import { configOf } from '../forms/kerasobject';

/** Kinds whose value says something even where Keras' default is None. */
const TELLING: readonly KerasKind[] = [
  'activation',
  'regularizer',
  'constraint',
  'layer',
  'shape'
];

/** A shape as Keras prints it: `(None, 10)`, `(3,)`. */
export function formatShape(shape: Shape): string {
  const dimensions = shape.map(size => (size === null ? 'None' : `${size}`));
  return `(${dimensions.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/**
 * The arguments that tell a layer from another of its class: those it can't do without, then those that
 * are not as Keras has them by default.
 *
 * @returns At most three texts, e.g. `['64', 'relu']`.
 */
export function summarize(
  node: INode,
  entry: ILayerEntry | undefined
): string[] {
  const { properties = {}, required = [] } = entry?.schema ?? {};
  const names = Object.keys(properties);
  const telling = [
    ...names.filter(name => required.includes(name)),
    ...names.filter(
      name =>
        !required.includes(name) && differs(node.config[name], properties[name])
    )
  ];
  const called = entry ? requiredValues(node, entry) : [];
  return [
    ...called.map(({ name, value }) =>
      format(name, value, entry!.call.properties[name])
    ),
    ...telling.map(name => {
      const text = format(name, node.config[name], properties[name]);
      // A number alone says what it is only where the class can't be without it, as the units of Dense.
      return /^\d/.test(text) && !required.includes(name)
        ? `${name}=${text}`
        : text;
    })
  ]
    .filter(text => text !== '')
    .slice(0, 3);
}

/**
 * Whether a value differs from the default, where that says something: an argument whose default is None
 * is mostly one that Keras fills by itself, such as `data_format`, and an initializer is about how to begin.
 */
function differs(
  value: JSONValue | undefined,
  schema: IArgumentSchema
): boolean {
  if (value === undefined || value === null) {
    return false;
  }
  const kind = schema['x-keras'];
  if (kind === 'initializer') {
    return false;
  }
  const standard = schema.default as JSONValue | undefined;
  if (standard === null || standard === undefined) {
    // Keras writes the activation None as "linear".
    return !!kind && TELLING.includes(kind) && value !== 'linear';
  }
  return canonical(value) !== canonical(standard);
}

/** The same text for all the ways in which Keras writes one value. */
function canonical(value: JSONValue): string {
  if (Array.isArray(value)) {
    const items = new Set(value.map(canonical));
    return items.size === 1 ? [...items][0] : value.map(canonical).join();
  }
  return typeof value === 'object' && value !== null
    ? snakeCase(className(value))
    : String(value);
}

function format(
  name: string,
  value: JSONValue | undefined,
  schema: IArgumentSchema
): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (schema['x-keras'] === 'shape' && Array.isArray(value)) {
    return formatShape(value as Shape);
  }
  if (schema['x-keras'] === 'index') {
    return `[${formatIndex(value) ?? ''}]`;
  }
  if (Array.isArray(value)) {
    return value.every(item => typeof item !== 'object')
      ? value.map(String).join('×')
      : '';
  }
  if (typeof value === 'object') {
    return className(value);
  }
  if (typeof value === 'boolean') {
    return value ? name : `${name}=False`;
  }
  return String(value);
}

function className(value: { [key: string]: JSONValue | undefined }): string {
  return typeof value.class_name === 'string' ? value.class_name : '';
}

function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Names of what a call can't do without and that is not set, in its layer or in itself. */
export function missingIn(
  node: INode,
  entry: ILayerEntry | undefined,
  catalog: CatalogIndex
): string[] {
  const values = entry ? requiredValues(node, entry) : [];
  return [
    ...missingArguments(node, entry, catalog),
    ...values.filter(({ value }) => value === undefined).map(item => item.name)
  ];
}

/** Names of the arguments that a layer can't do without and that are not set; `layer.units` is one of a layer inside. */
function missingArguments(
  { config }: Pick<INode, 'config'>,
  entry: IClassEntry | undefined,
  catalog: CatalogIndex
): string[] {
  const { properties = {}, required = [] } = entry?.schema ?? {};
  return Object.entries(properties).flatMap(([name, schema]) => {
    const value = config[name];
    if (required.includes(name) && value === undefined) {
      return [name];
    }
    const kind = schema['x-keras'];
    const inside = kind === 'layer' || kind === 'layers' ? [value].flat() : [];
    return inside.filter(isObject).flatMap(layer => {
      const { class_name, registered_name } = layer;
      const known = catalog.layer(
        String(class_name),
        registered_name as string | null
      );
      return missingArguments({ config: configOf(layer) }, known, catalog).map(
        missing => `${name}.${missing}`
      );
    });
  });
}
