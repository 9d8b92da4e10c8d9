import type { JSONObject } from '@lumino/coreutils';
import RjsfForm from '@rjsf/core';
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import * as React from 'react';
import type { IFormProps } from '../editor';
import { templates } from './formtemplates';

const validator = customizeValidator<JSONObject>();

const NO_BUTTON: UiSchema<JSONObject> = {
  'ui:submitButtonOptions': { norender: true }
};

/** The form of a schema. JupyterLab has its own; a notebook gets this one, which looks like it. */
export function Form(props: IFormProps): JSX.Element {
  const uiSchema = React.useMemo(
    () => ({ ...NO_BUTTON, ...props.uiSchema }),
    [props.uiSchema]
  );
  return (
    <RjsfForm<JSONObject, RJSFSchema>
      validator={validator}
      {...props}
      uiSchema={uiSchema}
      templates={{ ...templates, ...props.templates }}
    />
  );
}
