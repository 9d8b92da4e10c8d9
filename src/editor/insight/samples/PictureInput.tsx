import * as React from 'react';
import type { IChosenJSON, ISampleField } from '../../../core';
import { useTranslation } from '../../host';
import { DrawPad } from './DrawPad';
import { ImageButton } from './ImageButton';

export interface IPictureInputProps {
  field: ISampleField;
  change: IChosenJSON | undefined;
  /** Whether there are other inputs: of an only one the bar takes an image. */
  hasOthers: boolean;
  onChange(change: IChosenJSON | undefined): Promise<void>;
}

/** A picture, to draw on, or to put an image in its place. */
export function PictureInput({
  field,
  change,
  hasOthers,
  onChange
}: IPictureInputProps): JSX.Element {
  const trans = useTranslation();
  const image =
    change?.class_name === 'by_image' ? change.config.picture : null;
  return (
    <>
      {image ? (
        <img
          className="jp-kerasviz-PictureInput-image"
          src={String(image)}
          alt={trans.__('Your image')}
        />
      ) : (
        <DrawPad
          picture={String(field.value)}
          isClear={change === undefined}
          onDrawn={picture =>
            onChange({ class_name: 'drawn_on', config: { picture } })
          }
          onClear={hasOthers ? () => onChange(undefined) : undefined}
        />
      )}
      {hasOthers && (
        <ImageButton
          onImage={picture =>
            onChange({ class_name: 'by_image', config: { picture } })
          }
        />
      )}
    </>
  );
}
