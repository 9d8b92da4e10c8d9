import * as React from 'react';

export interface ILineFieldProps {
  label: string;
  value: string;
  /**
   * Takes what a person wrote.
   *
   * @throws Error whose message says why it can't be taken; it is shown.
   */
  onCommit(text: string): void;
}

/** A line of text, taken when the person leaves it or presses Enter. */
export function LineField(props: ILineFieldProps): JSX.Element {
  const { label, value, onCommit } = props;
  const id = React.useId();
  const [text, setText] = React.useState(value);
  const [problem, setProblem] = React.useState('');

  React.useEffect(() => {
    setText(value);
    setProblem('');
  }, [value]);

  const commit = () => {
    setProblem('');
    if (text !== value) {
      try {
        onCommit(text);
      } catch (reason) {
        setProblem((reason as Error).message);
      }
    }
  };
  return (
    <div className="jp-kerasviz-Field">
      <label className="jp-kerasviz-Field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="jp-mod-styled"
        type="text"
        spellCheck={false}
        autoComplete="off"
        value={text}
        aria-invalid={problem !== ''}
        aria-describedby={`${id}-problem`}
        onChange={event => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            commit();
          } else if (event.key === 'Escape') {
            setText(value);
            setProblem('');
          }
        }}
      />
      <div id={`${id}-problem`} role="alert">
        {problem && <div className="jp-kerasviz-Field-problem">{problem}</div>}
      </div>
    </div>
  );
}
