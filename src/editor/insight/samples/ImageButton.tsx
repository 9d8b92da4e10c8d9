import * as React from 'react';
import { useTranslation } from '../../host';
import { dataURLOf, isSendable, PICTURES } from './ownimage';

export interface IImageButtonProps {
  /** Takes the image, as a data URL. */
  onImage(picture: string): Promise<void>;
}

/** Takes an image that is chosen, or dropped on it. */
export function ImageButton({ onImage }: IImageButtonProps): JSX.Element {
  const trans = useTranslation();
  const input = React.useRef<HTMLInputElement>(null);
  const [said, setSaid] = React.useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (file && isSendable(file)) {
      setSaid(null);
      await onImage(await dataURLOf(file));
    } else if (file) {
      setSaid(
        trans.__('The file is larger than 5 MB. Make the image smaller.')
      );
    }
  };
  return (
    <>
      <button
        type="button"
        className="jp-mod-styled"
        title={trans.__('Choose a PNG or JPEG, or drop one here')}
        onClick={() => input.current?.click()}
        onDragOver={event => event.preventDefault()}
        onDrop={event => {
          event.preventDefault();
          event.stopPropagation();
          void take(event.dataTransfer.files[0]);
        }}
      >
        {trans.__('Image…')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={PICTURES}
        aria-label={trans.__('Image')}
        onChange={event => {
          void take(event.target.files?.[0]);
          event.target.value = ''; // the same file can be chosen again
        }}
      />
      {said && <span role="alert">{said}</span>}
    </>
  );
}
