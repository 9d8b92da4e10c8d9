import * as React from 'react';

export interface ISendButtonProps {
  /** What the button does, for tests and styles. */
  command: string;
  label: string;
  code: string;
  /** Takes the code to where the host has a place for it. */
  onSend(code: string): Promise<void>;
}

/** Takes the code to a place of the host, such as a notebook. */
export function SendButton(props: ISendButtonProps): JSX.Element {
  const { command, label, code, onSend } = props;
  const [failure, setFailure] = React.useState('');
  const onClick = async () => {
    setFailure('');
    try {
      await onSend(code);
    } catch (reason) {
      setFailure(reason instanceof Error ? reason.message : String(reason));
    }
  };
  return (
    <>
      <button
        type="button"
        data-command={command}
        onClick={() => void onClick()}
      >
        {label}
      </button>
      {failure && <span role="alert">{failure}</span>}
    </>
  );
}
