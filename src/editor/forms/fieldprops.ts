import type { JSONValue } from '@lumino/coreutils';
import type { FieldProps } from '@rjsf/utils';
import type { IArgumentSchema } from '../../core';

/** What rjsf gives to the control of one argument. `formData` is undefined where the config lacks it. */
export type IArgumentProps = Pick<
  FieldProps<JSONValue, IArgumentSchema>,
  'formData' | 'idSchema' | 'onChange' | 'required' | 'registry'
> & { schema: IArgumentSchema };

/** A value that was read; `undefined` leaves the argument at Keras' default. */
export type Parsed = { value: JSONValue | undefined } | { problem: string };

/** One way to write values as text. */
export interface ICodec {
  format(value: JSONValue): string;
  /** Reads a text that is not empty. */
  parse(text: string): Parsed;
}
