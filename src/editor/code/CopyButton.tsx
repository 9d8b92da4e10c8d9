import * as React from 'react';
import { useTranslation } from '../host';

export interface ICopyButtonProps {
  /** Holds the text. */
  element: React.RefObject<HTMLElement>;
}

/** Copies the text of an element, and says so. */
export function CopyButton({ element }: ICopyButtonProps): JSX.Element {
  const trans = useTranslation();
  const [said, setSaid] = React.useState('');
  const onClick = async () => {
    try {
      await navigator.clipboard.writeText(element.current!.textContent ?? '');
      setSaid(trans.__('Copied'));
    } catch {
      // Browsers give the clipboard to pages from a safe address only.
      window.getSelection()?.selectAllChildren(element.current!);
      setSaid(trans.__('Selected: press Ctrl C or ⌘ C'));
    }
  };
  return (
    <>
      <button
        type="button"
        data-command="copy-code"
        onClick={() => void onClick()}
        onBlur={() => setSaid('')}
      >
        {trans.__('Copy')}
      </button>
      <span role="status">{said}</span>
    </>
  );
}
