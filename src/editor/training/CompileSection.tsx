import type { JSONObject, JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { useTranslation } from '../host';
import { useCatalog, useDocument, useModel } from '../hooks';
import { named } from './choices';
import { PrecisionField } from './PrecisionField';
import { RateCurve } from './RateCurve';
import { Section } from './Section';

/** Where `compile_config` stands in a document. */
const COMPILE = ['compile_config'];
const NOTHING: JSONObject = {};

const OPTIMIZER = 'optimizer';

/** The arguments of `compile`: optimizer, loss, metrics, and what is rarely set. */
export function CompileSection({ problem }: { problem?: string }): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const { compile } = useCatalog(c => c).catalog;
  const config = useDocument(d => d.model?.compile_config) ?? NOTHING;
  const [first, others] = React.useMemo(() => {
    const all = Object.entries(compile.properties).map(
      // Besides what is learned by, `compile` has arguments about speed.
      ([name, schema]) =>
        [name, { ...schema, 'x-rare': !schema['x-keras'] }] as const
    );
    const entry = (isFirst: boolean) => ({
      schema: {
        ...compile,
        properties: Object.fromEntries(
          all.filter(([name]) => (name === OPTIMIZER) === isFirst)
        )
      }
    });
    return [entry(true), entry(false)];
  }, [compile]);
  const standard = compile.properties.optimizer?.default as
    JSONValue | undefined;
  const { optimizer = standard, loss, metrics } = config;
  return (
    <Section
      name="compile"
      title={trans.__('Compile')}
      summary={[optimizer, loss, metrics].flatMap(named).join(' · ')}
      problem={problem}
    >
      <ArgumentsForm
        path={COMPILE}
        entry={first}
        values={config}
        onChange={changed => document.setCompile(changed)}
      />
      <RateCurve />
      <ArgumentsForm
        path={COMPILE}
        entry={others}
        values={config}
        onChange={changed => document.setCompile(changed)}
      />
      <PrecisionField />
    </Section>
  );
}
