import * as React from 'react';
import { say, type IHint, type ISampleNumber, type IStretch } from '../../core';
import { formatNumber } from '../format';
import { useTranslation } from '../host';
import { useDocument, useFollowed, useModel } from '../hooks';

/** By what a hint was found: numbers, and what a click shows where it is: the layer, the curve, samples. */
export function HintEvidence({ hint }: { hint: IHint }): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const followed = useFollowed();
  const { code, evidence, layer, samples, stretch } = hint;
  const node = useDocument(d =>
    d.path.length === 0
      ? d.graph.nodes.find(n => n.layer === layer)?.id
      : layer === null
        ? undefined
        : `${layer}:0`
  );
  const follow = ({ part, index }: ISampleNumber) =>
    void model.inside.follow({
      class_name: 'by_index',
      config: { part, index }
    });
  const stretchText = ({ metric, first, last }: IStretch) =>
    first === last
      ? trans.__('%1 in epoch %2', metric, first)
      : trans.__('%1 from epoch %2 to %3', metric, first, last);
  return (
    <>
      {evidence.length > 0 && (
        <dl>
          {evidence.map((each, i) => (
            <div key={i}>
              <dt>{say(each.what)}</dt>
              <dd>{formatNumber(each.value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {(node !== undefined || stretch || samples.length > 0) && (
        <div className="jp-kerasviz-Hint-places">
          {node !== undefined && (
            <Place
              title={trans.__('Select this layer on the canvas')}
              onClick={() => {
                model.show([]);
                model.selection.select([node]);
              }}
            >
              {trans.__('layer %1', layer ?? '')}
            </Place>
          )}
          {stretch && (
            <Place
              title={trans.__('Show in the curve')}
              onClick={() => model.hints.showStretch(code)}
            >
              {stretchText(stretch)}
            </Place>
          )}
          {samples.map(sample => (
            <Place
              key={`${sample.part} ${sample.index}`}
              title={trans.__('Follow this sample through the model')}
              isCurrent={followed === `${sample.part} ${sample.index}`}
              onClick={() => follow(sample)}
            >
              {sample.part === 'validation'
                ? trans.__('validation sample %1', sample.index)
                : trans.__('training sample %1', sample.index)}
            </Place>
          ))}
        </div>
      )}
    </>
  );
}

/** Where something is to be seen. */
function Place(props: {
  title: string;
  onClick: () => void;
  /** Whether it is what is looked at now. */
  isCurrent?: boolean;
  children: React.ReactNode;
}): JSX.Element {
  const { isCurrent = false, ...others } = props;
  return (
    <button
      type="button"
      className="jp-kerasviz-Hint-place"
      aria-current={isCurrent}
      {...others}
    />
  );
}
