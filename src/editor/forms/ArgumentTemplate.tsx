import type { FieldTemplateProps } from '@rjsf/utils';
import * as React from 'react';
import type { IArgumentSchema } from '../../core';
import { useTranslation } from '../host';
import { inline } from './Markdown';
import { RangeMark } from './RangeMark';
import { Inside, KeysContext } from './tried';
import { Usable } from './Usable';

/** One argument: its name, its control and what Keras says about it. */
export function ArgumentTemplate(props: FieldTemplateProps): JSX.Element {
  const trans = useTranslation();
  const { id, label, required, schema, formData, children } = props;
  const keysOf = React.useContext(KeysContext);
  const keys = React.useMemo(
    () => (keysOf ? keysOf(label) : [label]),
    [keysOf, label]
  );
  if (schema.properties && !('x-keras' in schema)) {
    // The form itself; rjsf gives an argument that is an object properties, too.
    return <>{children}</>;
  }
  const { 'x-unused': unused, 'x-needed': needed } = schema as IArgumentSchema;
  const missing = required && formData === undefined;
  return (
    <div
      className="jp-kerasviz-Field"
      data-argument={label}
      data-missing={missing || undefined}
    >
      <label className="jp-kerasviz-Field-label" htmlFor={id}>
        {label}
        {required && (
          <span
            className="jp-kerasviz-Field-required"
            title={trans.__('required')}
          >
            *
          </span>
        )}
      </label>
      <Inside keys={keys}>
        <Usable reason={unused}>
          {children}
          {unused === undefined && (
            <RangeMark name={label} schema={schema as IArgumentSchema} />
          )}
        </Usable>
      </Inside>
      {needed !== undefined && (
        <div className="jp-kerasviz-Field-problem" data-problem="needed">
          {needed}
        </div>
      )}
      {missing && (
        <div className="jp-kerasviz-Field-problem" data-problem="missing">
          {trans.__('Required.')}
        </div>
      )}
      {schema.description && (
        <p className="jp-kerasviz-Field-help" title={schema.description}>
          {inline(schema.description)}
        </p>
      )}
    </div>
  );
}
