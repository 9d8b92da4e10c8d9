import type { JSONObject } from '@lumino/coreutils';
import RjsfForm from '@rjsf/core';
import type { ValidatorType } from '@rjsf/utils';
import * as React from 'react';
import type { IFormProps } from '../editor';

/**
 * Finds every value valid. The schemas of arguments have no alternatives that rjsf would choose between by
 * validating, and it is Keras that checks the values. This keeps ajv, an eighth of the bundle, out.
 */
const validator: ValidatorType<JSONObject> = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  toErrorList: () => [],
  isValid: () => true,
  rawValidation: () => ({})
};

/** The form of a schema. JupyterLab has one of its own; a notebook gets this one. */
export function Form(props: IFormProps): JSX.Element {
  const uiSchema = React.useMemo(
    () => ({
      ...props.uiSchema,
      'ui:submitButtonOptions': { norender: true }
    }),
    [props.uiSchema]
  );
  return (
    <RjsfForm<JSONObject>
      {...props}
      validator={validator}
      uiSchema={uiSchema}
    />
  );
}
