import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import {
  isByOutput,
  isObject,
  outputNames,
  partsOf,
  type IArgumentSchema,
  type IArgumentsSchema,
  type IClassEntry,
  type ITranslation
} from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { CurveContext } from '../forms/ScheduleArgument';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useModel } from '../hooks';
import { named } from './choices';
import { OutputsForm } from './OutputsForm';
import { PrecisionField } from './PrecisionField';
import { RateCurve } from './RateCurve';
import { RateTest } from './RateTest';
import { Section } from './Section';

/** Where `compile_config` stands in a document. */
const COMPILE = ['compile_config'];
const NOTHING: JSONObject = {};

const OPTIMIZER = 'optimizer';
/** Until something is drawn, what is chosen is for whatever comes out of it. */
const NO_OUTPUT = [''];

/** The arguments of `compile`: optimizer, what is learned at each output, and what is rarely set. */
export function CompileSection({ problem }: { problem?: string }): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const { compile } = useCatalog(c => c).catalog;
  const config = useDocument(d => d.model?.compile_config) ?? NOTHING;
  const graph = useDocument(d => d.graph);
  const names = React.useMemo(() => {
    const found = outputNames(graph);
    return found.length > 0 ? found : NO_OUTPUT;
  }, [graph]);
  const parts = React.useMemo(
    () => partsOfForm(compile, config, names, trans),
    [compile, config, names, trans]
  );
  const standard = compile.properties[OPTIMIZER]?.default as
    JSONValue | undefined;
  const { optimizer = standard, loss, metrics } = config;
  const form = (entry: IEntry, more?: string) => (
    <ArgumentsForm
      more={more}
      path={COMPILE}
      entry={entry}
      values={config}
      onChange={changed => document.setCompile(changed)}
    />
  );
  return (
    <Section
      name="compile"
      title={trans.__('Compile')}
      summary={[optimizer, loss, metrics].flatMap(named).join(' · ')}
      problem={problem}
    >
      <CurveContext.Provider value={RateCurve}>
        {form(parts.optimizer)}
      </CurveContext.Provider>
      <RateTest />
      <OutputsForm
        schemas={parts.byOutput}
        path={COMPILE}
        config={config}
        names={names}
        onChange={changed => document.setCompile(changed)}
      />
      {form(parts.others, trans.__('More arguments of compile'))}
      <PrecisionField />
    </Section>
  );
}

type IEntry = Pick<IClassEntry, 'schema'>;

/** The schemas of each part of the form. */
function partsOfForm(
  compile: IArgumentsSchema,
  config: JSONObject,
  names: readonly string[],
  trans: ITranslation
): {
  optimizer: IEntry;
  byOutput: IArgumentsSchema['properties'];
  others: IEntry;
} {
  const optimizer: IArgumentsSchema['properties'] = {};
  const byOutput: IArgumentsSchema['properties'] = {};
  const others: IArgumentsSchema['properties'] = {};
  const kinds = new Set<string>();
  for (const [name, schema] of Object.entries(compile.properties)) {
    const kind = schema['x-keras'];
    // In addition to loss and optimizer, `compile` has arguments about speed, and a second kind of metrics.
    const isRare = kind === undefined || kinds.has(kind);
    kinds.add(kind ?? '');
    if (name === OPTIMIZER) {
      optimizer[name] = schema;
    } else if (!isByOutput(schema)) {
      others[name] = { ...schema, 'x-rare': isRare };
    } else if (partsOf(schema, config[name], names) === null) {
      others[name] = {
        'x-keras': 'json',
        description: trans.__(
          'This does not fit the outputs of the model: %1. Write one for each of them by name.',
          names.join(', ')
        )
      };
    } else {
      byOutput[name] = ofOneOutput(schema, isRare, names.length > 1);
    }
  }
  const entry = (properties: IArgumentsSchema['properties']): IEntry => ({
    schema: { ...compile, properties }
  });
  return { optimizer: entry(optimizer), byOutput, others: entry(others) };
}

/** An argument as one output has it: of weights, a number. */
function ofOneOutput(
  { items, ...schema }: IArgumentSchema,
  isRare: boolean,
  areSeveral: boolean
): IArgumentSchema {
  return schema['x-keras'] === undefined && isObject(items)
    ? {
        ...items,
        description: schema.description,
        default: 1,
        'x-rare': !areSeveral
      }
    : { ...schema, 'x-rare': isRare };
}
