import type { JSONObject } from '@lumino/coreutils';
import * as React from 'react';
import { planOf, trainingOf } from '../../core';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';
import { TextField } from '../forms/TextField';

/** A name that a cell can use; Python takes letters of every script. */
const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** How to fit: epochs, batch size, validation split, and the name that the trained model gets. */
export function FitFields(): JSX.Element | null {
  const trans = useTranslation();
  const { document } = useModel();
  const model = useDocument(d => d.model);
  if (!model) {
    return null;
  }
  const { fit, model_name } = planOf(model);
  const setFit = (values: JSONObject) =>
    document.setTraining({ fit: { ...trainingOf(model).fit, ...values } });
  const count = (name: 'epochs' | 'batch_size', label: string) => (
    <TextField
      name={name}
      label={label}
      inputMode="numeric"
      value={String(fit[name])}
      check={text =>
        /^\s*0*[1-9]\d*\s*$/.test(text)
          ? undefined
          : trans.__('Expected a whole number from 1, received: %1', text)
      }
      onCommit={text => setFit({ [name]: Number(text) })}
    />
  );
  return (
    <>
      {count('epochs', trans.__('Epochs'))}
      {count('batch_size', trans.__('Batch size'))}
      <TextField
        name="validation_split"
        label={trans.__('Validation split')}
        inputMode="decimal"
        help={trans.__('Share of the samples that only validates.')}
        value={String(fit.validation_split)}
        check={text =>
          text.trim() !== '' && Number(text) >= 0 && Number(text) < 1
            ? undefined
            : trans.__(
                'Expected a number from 0 to below 1, received: %1',
                text
              )
        }
        onCommit={text => setFit({ validation_split: Number(text) })}
      />
      <TextField
        name="model_name"
        label={trans.__('Name in the kernel')}
        help={trans.__('Your cells find the trained model under this name.')}
        value={model_name}
        check={text =>
          NAME.test(text.trim())
            ? undefined
            : trans.__(
                'Expected a Python name such as model, received: %1',
                text
              )
        }
        onCommit={text => document.setTraining({ model_name: text.trim() })}
      />
    </>
  );
}
