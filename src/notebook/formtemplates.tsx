/** Templates of rjsf with the structure and classes of JupyterLab's form, so that a theme fits both. */
import type { JSONObject } from '@lumino/coreutils';
import type {
  ArrayFieldTemplateProps,
  FieldTemplateProps,
  ObjectFieldTemplateProps
} from '@rjsf/utils';
import * as React from 'react';
import type { IFormProps } from '../editor';
import { english as trans } from './translation';

/** A field: its name, its documentation, its control and what is wrong with it. */
function FieldTemplate(props: FieldTemplateProps<JSONObject>): JSX.Element {
  const { schema, label, displayLabel, hidden, children, errors } = props;
  if (hidden) {
    return <div hidden>{children}</div>;
  }
  const isItem = schema.type !== 'object' && schema.type !== 'array';
  return (
    <div className="form-group">
      <div className="jp-FormGroup-content jp-FormGroup-contentCompact">
        {isItem && displayLabel && label && (
          <Title title={label} description={schema.description} />
        )}
        <div
          className={
            isItem ? 'jp-inputFieldWrapper jp-FormGroup-contentItem' : undefined
          }
        >
          {children}
        </div>
        <div className="validationErrors">{errors}</div>
      </div>
    </div>
  );
}

function ObjectFieldTemplate(
  props: ObjectFieldTemplateProps<JSONObject>
): JSX.Element {
  return (
    <fieldset id={props.idSchema.$id}>
      {props.title && (
        <Title title={props.title} description={props.description} />
      )}
      {props.properties.map(({ content }) => content)}
    </fieldset>
  );
}

function ArrayFieldTemplate(
  props: ArrayFieldTemplateProps<JSONObject>
): JSX.Element {
  return (
    <div className={props.className}>
      <Title title={props.title} description={props.schema.description} />
      {props.items.map(item => (
        <div key={item.key} className={item.className}>
          {item.children}
          <div className="jp-ArrayOperations">
            <button
              type="button"
              className="jp-mod-styled jp-mod-warn jp-ArrayOperationsButton"
              onClick={item.onDropIndexClick(item.index)}
            >
              {trans.__('Remove')}
            </button>
          </div>
        </div>
      ))}
      {props.canAdd && (
        <button
          type="button"
          className="jp-mod-styled jp-mod-accept jp-ArrayOperationsButton"
          onClick={props.onAddClick}
        >
          {trans.__('Add')}
        </button>
      )}
    </div>
  );
}

function Title(props: {
  title: string;
  description?: React.ReactNode;
}): JSX.Element {
  return (
    <div className="jp-FormGroup-compactTitle">
      <div className="jp-FormGroup-fieldLabel jp-FormGroup-contentItem">
        {props.title}
      </div>
      {props.description && (
        <div className="jp-FormGroup-description">{props.description}</div>
      )}
    </div>
  );
}

export const templates: IFormProps['templates'] = {
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate
};
