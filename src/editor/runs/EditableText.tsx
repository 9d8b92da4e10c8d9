import * as React from 'react';

export interface IEditableTextProps {
  label: string;
  value: string;
  placeholder?: string;
  onCommit(text: string): void;
}

/** A text in a table that can be written over: taken when the person leaves it or presses Enter, put back by Escape. */
export function EditableText(props: IEditableTextProps): JSX.Element {
  const { label, value, placeholder, onCommit } = props;
  const [text, setText] = React.useState(value);
  React.useEffect(() => setText(value), [value]);
  const isCancelled = React.useRef(false);
  return (
    <textarea
      className="jp-kerasviz-EditableText"
      aria-label={label}
      title={text || label}
      rows={1}
      spellCheck={false}
      placeholder={placeholder}
      value={text}
      onChange={event => setText(event.target.value)}
      onBlur={() => {
        if (isCancelled.current) {
          isCancelled.current = false;
          setText(value);
        } else if (text !== value) {
          onCommit(text);
        }
      }}
      onKeyDown={event => {
        // Lines go on with Shift, as in a chat.
        const isDone = event.key === 'Enter' && !event.shiftKey;
        if (isDone || event.key === 'Escape') {
          event.preventDefault();
          isCancelled.current = !isDone;
          event.currentTarget.blur();
        }
      }}
    />
  );
}
