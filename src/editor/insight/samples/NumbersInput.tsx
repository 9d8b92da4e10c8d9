import * as React from 'react';
import type { INumbersField, ISampleField } from '../../../core';
import { useTranslation } from '../../host';
import { FieldInput } from './FieldInput';
import { withValue } from './basesample';

type Values = Readonly<Record<string, number | null>>;

export interface INumbersInputProps {
  name: string;
  numbers: INumbersField;
  isWhole: boolean;
  /** The numbers that are changed, by their place. */
  values: Values;
  onChange(values: Values): void;
}

/** So many numbers are shown side by side; of more, one is chosen by its place. */
const MOST = 64;

/** The numbers of an input, each with a slider over the range that it has in the data. */
export function NumbersInput(props: INumbersInputProps): JSX.Element {
  const { numbers, isWhole, values, onChange } = props;
  const { shape, low, high } = numbers;
  const [place, setPlace] = React.useState(0);
  const count = numbers.values.length;
  const changed = Object.keys(values).map(Number);
  const shown =
    count <= MOST
      ? numbers.values.map((_, at) => at)
      : [...new Set([Math.min(place, count - 1), ...changed])].slice(0, MOST);
  const field = (at: number): ISampleField => ({
    name: nameOf(at, shape),
    kind: 'number',
    ways: [],
    value: numbers.values[at],
    minimum: low[at],
    maximum: high[at],
    whole: isWhole,
    choices: [],
    may_miss: !isWhole,
    numbers: null
  });
  return (
    <>
      {count > MOST && (
        <PlaceChoice {...props} place={place} onPlace={setPlace} />
      )}
      <div className="jp-kerasviz-SampleForm-fields" data-rows={true}>
        {shown.map(at => (
          <FieldInput
            key={at}
            field={field(at)}
            value={at in values ? values[at] : numbers.values[at]}
            onChange={value =>
              onChange(
                withValue(
                  values,
                  String(at),
                  value === numbers.values[at] ? undefined : (value as number)
                )
              )
            }
          />
        ))}
      </div>
    </>
  );
}

/** Chooses one of many numbers: along each axis. */
function PlaceChoice({
  name,
  numbers,
  place,
  onPlace
}: INumbersInputProps & {
  place: number;
  onPlace(place: number): void;
}): JSX.Element {
  const trans = useTranslation();
  const { shape } = numbers;
  const at = axesOf(place, shape);
  return (
    <div className="jp-kerasviz-PlaceChoice">
      {trans.__('Position')}
      {shape.map((length, axis) => (
        <input
          key={axis}
          className="jp-mod-styled"
          type="number"
          aria-label={trans.__('Position in %1, axis %2', name, axis)}
          title={trans.__('From %1 to %2', 0, length - 1)}
          min={0}
          max={length - 1}
          value={at[axis]}
          onChange={event => {
            const to = event.target.valueAsNumber;
            if (Number.isInteger(to) && to >= 0 && to < length) {
              onPlace(
                placeOf(
                  at.map((was, i) => (i === axis ? to : was)),
                  shape
                )
              );
            }
          }}
        />
      ))}
    </div>
  );
}

/** Where a number is, along each axis. */
export function axesOf(place: number, shape: readonly number[]): number[] {
  return shape.reduceRight<[number[], number]>(
    ([axes, rest], length) => [
      [rest % length, ...axes],
      Math.floor(rest / length)
    ],
    [[], place]
  )[0];
}

/** The place of a number: rows lie one after the other. */
export function placeOf(
  axes: readonly number[],
  shape: readonly number[]
): number {
  return axes.reduce((place, at, axis) => place * shape[axis] + at, 0);
}

function nameOf(place: number, shape: readonly number[]): string {
  return axesOf(place, shape).join(', ');
}
