import * as React from 'react';
import { useTranslation } from '../host';

export interface IInsertButtonProps {
  code: string;
  /** Puts code into a new cell of a notebook. */
  onInsert(code: string): Promise<void>;
}

/** Puts the code into a notebook. */
export function InsertButton(props: IInsertButtonProps): JSX.Element {
  const { code, onInsert } = props;
  const trans = useTranslation();
  const [failure, setFailure] = React.useState('');
  const onClick = async () => {
    setFailure('');
    try {
      await onInsert(code);
    } catch (reason) {
      setFailure(reason instanceof Error ? reason.message : String(reason));
    }
  };
  return (
    <>
      <button
        type="button"
        data-command="insert-code"
        onClick={() => void onClick()}
      >
        {trans.__('Insert as Cell')}
      </button>
      {failure && <span role="alert">{failure}</span>}
    </>
  );
}
