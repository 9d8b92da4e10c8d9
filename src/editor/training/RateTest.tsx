import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { isObject, say, type IRateTest, type ITranslation } from '../../core';
import { CurveChart } from '../charts';
import { ErrorNotice } from '../errors/ErrorNotice';
import { useTranslation } from '../host';
import {
  useCatalog,
  useDocument,
  useModel,
  useRateTest,
  useRun
} from '../hooks';
import { CommandButton } from './RunButtons';
import { rateOf, withRate } from './setrate';
import { useMissing } from './useMissing';

/** Finds a learning rate by one click: the test, its curve, and the rate that it proposes. */
export function RateTest(): JSX.Element {
  const trans = useTranslation();
  const { rateTest } = useModel();
  const test = useRateTest(t => t.test);
  const error = useRateTest(t => t.error);
  const isActive = useRateTest(t => t.isActive);
  return (
    <div
      className="jp-kerasviz-RateTest"
      data-state={isActive ? 'active' : (test?.state ?? 'none')}
    >
      <BeginButton />
      <div role="status">
        {isActive && <Progress test={test} />}
        {error && <ErrorNotice error={error} subject="document" />}
      </div>
      {test && test.rates.length > 1 && <Curve test={test} />}
      {test && !isActive && !error && <Proposal test={test} />}
      {!isActive && (test ?? error) && (
        <CommandButton
          command="forget-rate-test"
          onClick={() => rateTest.forget()}
        >
          {trans.__('Close the Test')}
        </CommandButton>
      )}
    </div>
  );
}

function BeginButton(): JSX.Element {
  const trans = useTranslation();
  const { rateTest } = useModel();
  const isActive = useRateTest(t => t.isActive);
  const isTraining = useRun(r => r.history?.isActive ?? false);
  const needs = Object.values(useMissing());
  if (isTraining) {
    needs.push(trans.__('Wait until the run has ended.'));
  }
  if (isActive) {
    return (
      <CommandButton
        command="stop-rate-test"
        onClick={() => void rateTest.stop()}
      >
        {trans.__('Stop the Test')}
      </CommandButton>
    );
  }
  return (
    <CommandButton
      command="find-learning-rate"
      disabled={needs.length > 0}
      title={
        needs.join(' ') ||
        trans.__(
          'Train a copy of the model for some batches, with a rate that grows from batch to batch. Your model and its optimizer stay as they are.'
        )
      }
      onClick={() => void rateTest.begin()}
    >
      {trans.__('Find a Learning Rate')}
    </CommandButton>
  );
}

function Progress({ test }: { test: IRateTest | null }): JSX.Element {
  const trans = useTranslation();
  const done = test?.rates.length ?? 0;
  return (
    <>
      <progress
        aria-label={trans.__('Trying learning rates')}
        max={test?.batches}
        value={done > 0 ? done : undefined}
      />
      {test?.state === 'waiting' && (
        <span className="jp-kerasviz-Field-note">
          {trans.__('Waiting for another run…')}
        </span>
      )}
    </>
  );
}

function Curve({ test }: { test: IRateTest }): JSX.Element {
  const trans = useTranslation();
  const { rates, losses, smoothed, proposed } = test;
  const series = React.useMemo(
    () => ({ x: rates.slice(0, smoothed.length), y: smoothed }),
    [rates, smoothed]
  );
  const points = React.useMemo(
    () => ({ x: rates, y: losses }),
    [rates, losses]
  );
  const decades = React.useMemo(
    () => ({ mark: proposed, heights: heightsOf(smoothed) }),
    [proposed, smoothed]
  );
  return (
    <CurveChart
      series={series}
      points={points}
      decades={decades}
      along={trans.__('learning rate')}
      label={labelOf(test, trans)}
    />
  );
}

function Proposal({ test }: { test: IRateTest }): JSX.Element {
  const trans = useTranslation();
  const { document } = useModel();
  const { optimizers, compile } = useCatalog(c => c).catalog;
  const chosen = useDocument(d => d.model?.compile_config?.optimizer);
  const standard = compile.properties.optimizer?.default as
    JSONValue | undefined;
  const optimizer = chosen ?? standard;
  const { proposed } = test;
  const rate = rateOf(optimizer);
  const changed =
    proposed === null ? null : withRate(optimizer, proposed, optimizers);
  return (
    <>
      <p className="jp-kerasviz-Field-note">{say(test.reason)}</p>
      {changed && (
        <CommandButton
          command="use-rate"
          disabled={rate === proposed}
          title={rate === proposed ? trans.__('This is the rate now.') : ''}
          onClick={() => document.setCompile({ optimizer: changed })}
        >
          {isObject(rate)
            ? trans.__('Use %1 in place of the schedule', String(proposed))
            : trans.__('Use %1', String(proposed))}
        </CommandButton>
      )}
    </>
  );
}

/** The part that is worth to be seen: a loss that diverges would make all the rest flat. */
function heightsOf(smoothed: number[]): [number, number] | null {
  if (smoothed.length === 0) {
    return null;
  }
  const low = Math.min(...smoothed);
  const high = Math.max(...smoothed.slice(0, smoothed.indexOf(low) + 1));
  const margin = 0.2 * (high - low || Math.abs(high) || 1);
  return [low - margin, high + margin];
}

function labelOf(test: IRateTest, trans: ITranslation): string {
  const last = test.rates[test.rates.length - 1];
  return test.proposed === null
    ? trans.__('Loss over learning rates up to %1', last.toPrecision(2))
    : trans.__(
        'Loss over learning rates up to %1; proposed: %2',
        last.toPrecision(2),
        String(test.proposed)
      );
}
