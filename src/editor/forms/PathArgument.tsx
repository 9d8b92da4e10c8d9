import * as React from 'react';
import type { PathKind } from '../host';
import { useHost } from '../host';
import { useModel } from '../hooks';
import { TextArgument } from './TextArgument';
import type { IArgumentProps } from './fieldprops';

/** A file or folder, relative to that of the document: chosen in the host's own dialog, or typed. */
export function PathArgument(props: IArgumentProps): JSX.Element {
  const { schema, onChange } = props;
  const { trans, choosePath } = useHost();
  const model = useModel();
  const kind: PathKind =
    schema['x-keras'] === 'folder_path' ? 'folder' : 'file';
  const choose = async () => {
    const title =
      kind === 'file'
        ? trans.__('Choose a File of Data')
        : trans.__('Choose a Folder of Data');
    const path = await choosePath?.(kind, model.path, title);
    if ((path ?? null) !== null) {
      onChange(path);
    }
  };
  return (
    <>
      <TextArgument {...props} />
      {choosePath && (
        <button
          type="button"
          className="jp-kerasviz-Button"
          onClick={() => void choose()}
        >
          {kind === 'file'
            ? trans.__('Choose a File…')
            : trans.__('Choose a Folder…')}
        </button>
      )}
    </>
  );
}
