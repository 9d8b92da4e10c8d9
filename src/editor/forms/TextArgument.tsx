import type { JSONValue } from '@lumino/coreutils';
import * as React from 'react';
import { useTranslation } from '../host';
import { sameValue } from './kerasobject';
import { codecOf, parseText } from './codec';
import type { IArgumentProps } from './fieldprops';

/**
 * A value that is written as text. It is taken when the person leaves the field or presses Enter; a text
 * that can't be read is shown with the reason, and the document keeps what it had.
 */
export function TextArgument(
  props: IArgumentProps & {
    /** Id of a `datalist` to choose from. */
    list?: string;
    onFocus?(): void;
  }
): JSX.Element {
  const { schema, formData, idSchema, onChange } = props;
  const id = idSchema.$id;
  const trans = useTranslation();
  const codec = React.useMemo(() => codecOf(schema, trans), [schema, trans]);
  const format = (value: JSONValue | undefined) =>
    value === undefined ? '' : codec.format(value);
  const kept = format(formData);
  const [text, setText] = React.useState(kept);
  const [problem, setProblem] = React.useState('');

  React.useEffect(() => {
    setText(kept);
    setProblem('');
  }, [kept]);

  const commit = () => {
    if (text === kept) {
      setProblem('');
      return;
    }
    const parsed = parseText(codec, text);
    if ('problem' in parsed) {
      setProblem(parsed.problem);
      return;
    }
    setProblem('');
    setText(format(parsed.value));
    if (!sameValue(parsed.value, formData)) {
      onChange(parsed.value);
    }
  };
  const kind = schema['x-keras'];
  const control = {
    id,
    className: 'jp-mod-styled',
    value: text,
    placeholder: format(schema.default as JSONValue | undefined),
    spellCheck: false,
    autoComplete: 'off',
    'aria-invalid': problem !== '',
    'aria-describedby': `${id}-problem`,
    onBlur: commit,
    onChange: (
      event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>
    ) => setText(event.target.value)
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter') {
      commit();
    } else if (event.key === 'Escape') {
      setText(kept);
      setProblem('');
    }
  };
  return (
    <>
      {kind === 'json' || kind === 'strings' ? (
        <textarea {...control} rows={Math.min(12, text.split('\n').length)} />
      ) : (
        <input
          {...control}
          type="text"
          list={props.list}
          onFocus={props.onFocus}
          onKeyDown={onKeyDown}
        />
      )}
      <div id={`${id}-problem`} role="alert">
        {problem && <div className="jp-kerasviz-Field-problem">{problem}</div>}
      </div>
    </>
  );
}
