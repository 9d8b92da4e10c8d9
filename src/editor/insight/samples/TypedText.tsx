import * as React from 'react';
import { useTranslation } from '../../host';

export interface ITypedTextProps {
  text: string;
  onText(text: string): void;
}

/** A text that is followed as it is typed. */
export function TypedText({ text, onText }: ITypedTextProps): JSX.Element {
  const trans = useTranslation();
  return (
    <textarea
      aria-label={trans.__('Your own text')}
      placeholder={trans.__('Type a text')}
      rows={3}
      maxLength={100_000}
      value={text}
      onChange={event => onText(event.target.value)}
      onKeyDown={event => event.stopPropagation()}
    />
  );
}
