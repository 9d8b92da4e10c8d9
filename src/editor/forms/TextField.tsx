import * as React from 'react';
import { Field } from './Field';

export interface ITextFieldProps {
  name: string;
  label: string;
  value: string;
  help?: React.ReactNode;
  problem?: string;
  inputMode?: 'text' | 'numeric' | 'decimal';
  /** Id of a `datalist` to choose from. */
  list?: string;
  onFocus?: () => void;
  /** Why a text can't be taken; undefined where it can. */
  check?: (text: string) => string | undefined;
  /** Takes a text that `check` let through, when the person is done with it. */
  onCommit: (text: string) => void;
}

/** A line of text. It is taken when the person leaves it or presses Enter, so that typing is one step of undo. */
export function TextField(props: ITextFieldProps): JSX.Element {
  const { name, label, value, help, inputMode, list, onFocus } = props;
  const [draft, setDraft] = React.useState<string | null>(null);
  const text = draft ?? value;
  const wrong = draft === null ? undefined : props.check?.(draft);
  const commit = () => {
    if (draft !== null && wrong === undefined) {
      setDraft(null);
      if (draft !== value) {
        props.onCommit(draft);
      }
    }
  };
  return (
    <Field
      name={name}
      label={label}
      help={help}
      problem={wrong ?? props.problem}
    >
      {control => (
        <input
          {...control}
          type="text"
          inputMode={inputMode}
          spellCheck={false}
          autoComplete="off"
          list={list}
          value={text}
          onFocus={onFocus}
          onChange={event => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={event => {
            if (event.key === 'Enter') {
              commit();
            } else if (event.key === 'Escape') {
              setDraft(null);
            }
          }}
        />
      )}
    </Field>
  );
}
