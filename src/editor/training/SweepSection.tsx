import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import {
  rangeName,
  withoutRange,
  type IArgumentsSchema,
  type IRangeJSON
} from '../../core';
import { ArgumentsForm } from '../forms/ArgumentsForm';
import { formatValues } from '../forms/listedvalues';
import { useTranslation } from '../host';
import { useModel, useRateTest, useRun, useRuns } from '../hooks';
import { CommandButton } from './RunButtons';
import { asChosen } from './choices';
import { Section } from './Section';
import { usePlan } from './usePlan';

const SCHEMA: IArgumentsSchema = {
  type: 'object',
  properties: {
    strategy: { type: 'object', 'x-keras': 'strategy' },
    monitor: { type: 'string', default: 'val_loss' },
    mode: { type: 'string', enum: ['auto', 'min', 'max'], default: 'auto' }
  }
};

/** What a sweep tries: the values that are marked in the forms, and how combinations of them are chosen. */
export function SweepSection(): JSX.Element {
  const trans = useTranslation();
  const { document, run } = useModel();
  const isActive = useRun(r => r.history?.isActive ?? false);
  const isTesting = useRateTest(t => t.isActive);
  const hasSweep = useRuns(
    r => r.list?.runs.some(({ group }) => group !== null) ?? true
  );
  const sweep = usePlan()?.sweep ?? null;
  const entry = React.useMemo(
    () => ({
      schema: {
        ...SCHEMA,
        properties: {
          ...SCHEMA.properties,
          monitor: {
            ...SCHEMA.properties.monitor,
            description: trans.__('The metric by which trials are judged.')
          },
          mode: {
            ...SCHEMA.properties.mode,
            description: trans.__(
              'Whether less or more of it is better; with auto, Keras is asked.'
            )
          }
        }
      } satisfies IArgumentsSchema
    }),
    [trans]
  );
  const values = React.useMemo(
    (): JSONObject =>
      sweep
        ? {
            strategy: { class_name: sweep.class_name, config: sweep.config },
            ...(typeof sweep.monitor === 'string' && {
              monitor: sweep.monitor
            }),
            ...(typeof sweep.mode === 'string' && { mode: sweep.mode })
          }
        : {},
    [sweep]
  );
  return (
    <Section
      name="sweep"
      title={trans.__('Sweep')}
      summary={
        sweep
          ? sweep.ranges.map(({ path }) => rangeName(path)).join(' · ')
          : trans.__('None')
      }
      isFolded={sweep === null}
    >
      {sweep ? (
        <>
          <ul
            className="jp-kerasviz-Sweep-ranges"
            aria-label={trans.__('Values to try')}
          >
            {sweep.ranges.map(range => (
              <li key={range.path.join('/')}>
                <span>
                  <strong>{rangeName(range.path)}</strong> {triedIn(range)}
                </span>
                <button
                  type="button"
                  aria-label={trans.__(
                    'Try one value of %1 only',
                    rangeName(range.path)
                  )}
                  onClick={() =>
                    document.setTraining({
                      sweep: withoutRange(sweep, range.path)
                    })
                  }
                >
                  ×
                </button>
              </li>
            ))}
          </ul>
          <ArgumentsForm
            entry={entry}
            values={values}
            onChange={changed => {
              const { strategy, monitor, mode }: JSONObject = {
                ...values,
                ...(changed as JSONObject)
              };
              document.setTraining({
                sweep: {
                  ...sweep,
                  ...asChosen(strategy),
                  monitor: monitor ?? null,
                  mode: mode ?? null
                }
              });
            }}
          />
          <CommandButton
            command="sweep"
            disabled={isActive || isTesting}
            onClick={() => void run.sweep()}
          >
            {trans.__('Start the Sweep')}
          </CommandButton>
          {hasSweep && (
            <CommandButton
              command="go-on-sweep"
              disabled={isActive || isTesting}
              title={trans.__(
                'Train the trials of the last sweep that are missing'
              )}
              onClick={() => void run.sweep(true)}
            >
              {trans.__('Go On with the Sweep')}
            </CommandButton>
          )}
        </>
      ) : (
        <p className="jp-kerasviz-Field-note">
          {trans.__(
            'Choose "Try several values" at any argument: of a layer, of the optimizer, of Fit. Each combination is then trained as a run of its own.'
          )}
        </p>
      )}
    </Section>
  );
}

/** `16, 32`, or `0.0001 … 0.1`. */
function triedIn({ values, low, high }: IRangeJSON): string {
  return Array.isArray(values)
    ? formatValues(values)
    : `${String(low)} … ${String(high)}`;
}
