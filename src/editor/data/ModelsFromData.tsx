import * as React from 'react';
import {
  asKerasError,
  say,
  type IKerasError,
  type IPreview,
  type Sentence
} from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { useTranslation } from '../host';
import { useModel } from '../hooks';

type What = 'first_model' | 'prepare_in_model';

/** Models that are made from the data: each with the reasons, and one step to undo. */
export function ModelsFromData({
  preview
}: {
  /** What is in the data; null before anybody looked. */
  preview: IPreview | null;
}): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const [pending, setPending] = React.useState(false);
  const [reasons, setReasons] = React.useState<readonly Sentence[]>([]);
  const [error, setError] = React.useState<IKerasError | null>(null);
  const layOut = async (what: What) => {
    setPending(true);
    setError(null);
    try {
      setReasons(await model.layOut(what));
      if (model.look.value.preview) {
        void model.look.look(); // the plan is another one
      }
    } catch (reason) {
      setError(asKerasError(reason));
    }
    setPending(false);
  };
  // What was proposed stands above.
  const said = preview?.proposed.reasons.map(say) ?? [];
  const unsaid = reasons.filter(reason => !said.includes(say(reason)));
  const button = (what: What, label: string, title: string) => (
    <button
      type="button"
      className="jp-kerasviz-Button"
      data-command={what}
      title={title}
      disabled={pending}
      onClick={() => void layOut(what)}
    >
      {label}
    </button>
  );
  return (
    <div className="jp-kerasviz-LayOut" aria-busy={pending}>
      {button(
        'first_model',
        trans.__('Draw a First Model'),
        trans.__(
          'Draws a model that fits the data, in place of this one. Undo brings this one back.'
        )
      )}
      {preview !== null &&
        button(
          'prepare_in_model',
          trans.__('Put the Preparation into the Model'),
          preview.kind === 'table'
            ? trans.__(
                'The model then takes the columns as they are in the file, also when it is saved.'
              )
            : trans.__(
                'The model then takes samples as they are, also when it is saved: pictures of any size, for example.'
              )
        )}
      <div role="status">
        {error && <ErrorNotice error={error} />}
        {unsaid.length > 0 && (
          <ul aria-label={trans.__('Reasons')}>
            {unsaid.map((reason, i) => (
              <li key={i}>{say(reason)}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
