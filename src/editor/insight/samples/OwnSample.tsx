import * as React from 'react';
import { useTranslation } from '../../host';
import { useInside, useModel } from '../../hooks';
import { DrawPad } from './DrawPad';
import { RowForm } from './RowForm';
import { TypedText } from './TypedText';
import { dataURLOf, isSendable, PICTURES } from './ownimage';

/** Ways that are offered before a sample says which there are: the kernel says where one does not fit. */
const ANY: readonly string[] = ['by_drawing', 'by_image', 'by_text'];

export interface IOwnSampleProps {
  /** What the model predicts before and after a sample was changed. */
  answer: JSX.Element;
}

/** Makes a sample of one's own: draws it, chooses an image or types a text. */
export function OwnSample({ answer }: IOwnSampleProps): JSX.Element {
  const trans = useTranslation();
  const { inside } = useModel();
  const ways = useInside(i => i.sample?.ways) ?? ANY;
  const isOwn = useInside(i => i.sample?.part === 'own');
  const isChanged = useInside(i => i.sample?.is_changed ?? false);
  const [isDrawing, setDrawing] = React.useState(false);
  const [isTyping, setTyping] = React.useState(false);
  const [isChanging, setChanging] = React.useState(false);
  const [said, setSaid] = React.useState<string | null>(null);
  const give = (way: string, config: { [key: string]: string }) =>
    inside.choose({ class_name: way, config });
  const take = async (file: File | undefined) => {
    if (file && isSendable(file)) {
      setSaid(null);
      await give('by_image', { picture: await dataURLOf(file) });
    } else if (file) {
      setSaid(
        trans.__('The file is larger than 5 MB. Make the image smaller.')
      );
    }
  };
  return (
    <>
      {isOwn && <span>{trans.__('your own sample')}</span>}
      {isChanged && !isOwn && <span>{trans.__('changed')}</span>}
      {ways.includes('by_drawing') && (
        <button
          type="button"
          className="jp-mod-styled"
          aria-expanded={isDrawing}
          onClick={() => setDrawing(!isDrawing)}
        >
          {trans.__('Draw')}
        </button>
      )}
      {ways.includes('by_image') && <ImageButton onFile={take} />}
      {ways.includes('by_text') && (
        <button
          type="button"
          className="jp-mod-styled"
          aria-expanded={isTyping}
          onClick={() => setTyping(!isTyping)}
        >
          {trans.__('Type')}
        </button>
      )}
      {ways.includes('by_row') && (
        <button
          type="button"
          className="jp-mod-styled"
          aria-expanded={isChanging}
          title={trans.__('Change values of the row, and watch the prediction')}
          onClick={() => setChanging(!isChanging)}
        >
          {trans.__('Change')}
        </button>
      )}
      {said && <span role="alert">{said}</span>}
      {isDrawing && ways.includes('by_drawing') && (
        <div className="jp-kerasviz-OwnSample">
          <DrawPad onDrawn={picture => give('by_drawing', { picture })} />
        </div>
      )}
      {isChanging && ways.includes('by_row') && (
        <div className="jp-kerasviz-OwnSample">
          <RowForm />
          {answer}
        </div>
      )}
      {isTyping && ways.includes('by_text') && (
        <div className="jp-kerasviz-OwnSample">
          <TypedText onText={text => void give('by_text', { text })} />
        </div>
      )}
    </>
  );
}

/** Takes an image that is chosen, or dropped on it. */
function ImageButton({
  onFile
}: {
  onFile(file: File | undefined): Promise<void>;
}): JSX.Element {
  const trans = useTranslation();
  const input = React.useRef<HTMLInputElement>(null);
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
          void onFile(event.dataTransfer.files[0]);
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
          void onFile(event.target.files?.[0]);
          event.target.value = ''; // the same file can be chosen again
        }}
      />
    </>
  );
}
