import * as React from 'react';
import { say, type IWhy } from '../../core';
import { ErrorNotice } from '../errors/ErrorNotice';
import { useTranslation } from '../host';
import { useModel, useWhy } from '../hooks';
import { AnswerProgress } from '../insight/AnswerProgress';
import { formatShare } from '../insight/Likely';
import { formatNumber } from '../insight/OutputView';
import { WhyChoice } from './WhyChoice';
import { WhyParts } from './WhyParts';

/** Why the model answers what it answers about the sample; only while somebody asks. */
export function WhyPanel(): JSX.Element | null {
  const isOpen = useWhy(w => w.isOpen);
  return isOpen ? <Panel /> : null;
}

function Panel(): JSX.Element {
  const trans = useTranslation();
  const { why: asking } = useModel();
  const why = useWhy(w => w.why);
  const error = useWhy(w => w.error);
  const isAsking = useWhy(w => w.isAsking);
  const share = useWhy(w => w.share);
  const [opacity, setOpacity] = React.useState(0.8);
  const hasPicture = why?.parts.some(({ kind }) => kind === 'picture');
  const method = why?.methods.find(
    ({ class_name }) => class_name === why.method?.class_name
  );
  return (
    <section
      className="jp-kerasviz-WhyPanel"
      aria-label={trans.__('Explanation of the prediction')}
      aria-busy={isAsking}
      data-method={why?.method?.class_name}
    >
      {why && why.parts.length > 0 && <WhyParts why={why} opacity={opacity} />}
      <div className="jp-kerasviz-WhyPanel-words">
        <button
          type="button"
          className="jp-kerasviz-WhyPanel-close jp-mod-styled"
          data-command="kerasviz:why"
          aria-label={trans.__('Close')}
          title={trans.__('Close')}
          onClick={() => asking.close()}
        >
          ×
        </button>
        {why && <WhyChoice why={why} />}
        {why?.method && !why.is_of_data && (
          <p className="jp-kerasviz-WhyPanel-answer">{answerOf(why)}</p>
        )}
        {method && (
          <p>
            {say(method.means)} {say(method.means_not)}
          </p>
        )}
        {why?.notes.map((note, i) => (
          <p key={i}>{say(note)}</p>
        ))}
        {why && !why.method && (
          <p>{trans.__('No attribution method fits this sample and model.')}</p>
        )}
        {why?.method && <NoWeights why={why} />}
        {hasPicture && (
          <label className="jp-kerasviz-WhyPanel-opacity">
            {trans.__('Opacity')}
            <input
              type="range"
              min={0}
              max={1}
              step={0.05}
              value={opacity}
              onChange={event => setOpacity(event.target.valueAsNumber)}
            />
          </label>
        )}
        {error && <ErrorNotice error={error} subject="document" />}
        {isAsking && share !== null && (
          <AnswerProgress share={share} onStop={() => asking.stop()} />
        )}
      </div>
    </section>
  );

  function answerOf({ value, probability, is_score }: IWhy): string {
    const parts = [];
    if (probability !== null) {
      parts.push(trans.__('probability %1', formatShare(probability)));
    }
    if (is_score) {
      parts.push(
        trans.__(
          'logit (score before softmax or sigmoid) %1',
          formatNumber(value)
        )
      );
    } else if (probability === null) {
      parts.push(trans.__('output %1', formatNumber(value)));
    }
    return parts.join(', ');
  }
}

/** That no weight is other than 0, where that is so: there is nothing to see in the picture then. */
function NoWeights({ why }: { why: IWhy }): JSX.Element | null {
  const trans = useTranslation();
  return why.parts.some(part => part.most > 0) ? null : (
    <p>
      {why.is_of_data
        ? trans.__(
            'All importances are 0: no column affects how good the model is.'
          )
        : trans.__(
            'All attributions are 0: no part of this sample affects the output.'
          )}
    </p>
  );
}
