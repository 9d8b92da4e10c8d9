import * as React from 'react';
import { say, type IHint, type IKerasError } from '../../core';
import { useTranslation } from '../host';
import { useModel } from '../hooks';
import type { CalloutSide } from './callout';
import { FixButton } from '../errors/FixButton';

export interface IAdviceMarkProps {
  /** What is wrong with the model because of the layer, though Keras makes its call. */
  advice: readonly IKerasError[];
  /** What else hurts or could be better because of it. */
  hints: readonly IHint[];
  layer: string;
  side: CalloutSide;
}

/** The "!" of a card: it opens what is wrong, with the way out. */
export function AdviceMark({
  advice,
  hints,
  layer,
  side
}: IAdviceMarkProps): JSX.Element {
  const trans = useTranslation();
  const [open, setOpen] = React.useState(false);
  const mark = React.useRef<HTMLButtonElement>(null);
  const body = React.useId();
  const model = useModel();
  const sentences = new Set(advice.map(({ message }) => say(message)));
  const others = hints.filter(({ sentence }) => !sentences.has(say(sentence)));
  const severity = advice.length > 0 ? 'warning' : hints[0]?.severity;
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
      mark.current?.focus();
    }
  };
  return (
    <div className="jp-kerasviz-AdviceMark nodrag nopan" onKeyDown={onKeyDown}>
      <button
        ref={mark}
        type="button"
        className="jp-kerasviz-AdviceMark-button"
        data-severity={severity}
        aria-label={trans.__('Advice for %1', layer)}
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
      >
        !
      </button>
      <div
        id={body}
        hidden={!open}
        className="jp-kerasviz-LayerNode-error nowheel"
        data-side={side}
        data-kind="advice"
        role="status"
      >
        {open &&
          advice.map((error, i) => (
            <div key={i}>
              <div>{say(error.message)}</div>
              {error.fix && <FixButton fix={error.fix} subject="shown" />}
            </div>
          ))}
        {open &&
          others.map(hint => (
            <div key={hint.code}>
              <div>{say(hint.sentence)}</div>
              <button
                type="button"
                className="jp-kerasviz-FixButton"
                onClick={() => model.hints.open(hint.code)}
              >
                {trans.__('Open Hint')}
              </button>
            </div>
          ))}
      </div>
    </div>
  );
}
