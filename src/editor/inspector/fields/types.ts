import type { JSONValue } from '@lumino/coreutils';
import type { FieldProps } from '@rjsf/utils';
import type { IArgumentSchema } from '../../../core';

/** What rjsf gives to the control of one argument. `formData` is undefined where the config lacks it. */
export type IArgumentProps = Pick<
  FieldProps<JSONValue, IArgumentSchema>,
  'formData' | 'idSchema' | 'onChange' | 'required' | 'registry'
> & { schema: IArgumentSchema };
