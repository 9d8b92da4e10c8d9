import * as React from 'react';
import {
  say,
  type IEmbedding,
  type INode,
  type ISample,
  type ITranslation
} from '../../../core';
import { ErrorNotice } from '../../errors/ErrorNotice';
import { Exportable } from '../../exporting';
import { useTranslation } from '../../host';
import { useEmbedding, useInside, useModel } from '../../hooks';
import { AnswerProgress } from '../../insight/AnswerProgress';
import { ClassLegend } from '../../insight/ClassLegend';
import { EmbeddingChoice } from './EmbeddingChoice';
import { isWrong, Scatter } from './Scatter';

/** Pixels of a side, at most. */
const MOST = 360;

/** Samples as points, by what comes out of a layer: a section of its form; only while somebody looks inside. */
export function EmbeddingSection({
  node
}: {
  node: INode;
}): JSX.Element | null {
  const trans = useTranslation();
  const { embedding } = useModel();
  const isInside = useInside(
    i => i.isOpen && Object.keys(i.sample?.parts ?? {}).length > 0
  );
  const isOpen = useEmbedding(e => e.question !== null);
  return isInside ? (
    <details
      className="jp-kerasviz-Embedding"
      open={isOpen}
      onToggle={event => {
        if (event.currentTarget.open !== isOpen) {
          if (isOpen) {
            embedding.close();
          } else {
            embedding.show(node.id);
          }
        }
      }}
    >
      <summary
        title={trans.__(
          'Samples as points, near each other where the outputs of this layer are similar'
        )}
      >
        {trans.__('Embedding')}
      </summary>
      {isOpen && <Content node={node} />}
    </details>
  ) : null;
}

function Content({ node }: { node: INode }): JSX.Element {
  const trans = useTranslation();
  const { embedding: asking, inside } = useModel();
  const { question, embedding, error, isAsking, share, isOld } = useEmbedding(
    e => e
  );
  const sample = useInside(i => i.sample);
  const root = React.useRef<HTMLDivElement>(null);
  const [width, setWidth] = React.useState(0);
  const [point, setPoint] = React.useState<number | null>(null);
  React.useEffect(() => {
    if (question && question.node !== node.id) {
      asking.show(node.id);
    }
  }, [asking, question, node.id]);
  React.useEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) =>
      setWidth(Math.floor(contentRect.width))
    );
    observer.observe(root.current!);
    return () => observer.disconnect();
  }, []);
  const follow = React.useCallback(
    (at: number) =>
      embedding &&
      void inside.choose({
        class_name: 'by_index',
        config: { part: embedding.part, index: embedding.indices[at] }
      }),
    [inside, embedding]
  );
  const marked =
    embedding && sample?.part === embedding.part && sample.index !== null
      ? embedding.indices.indexOf(sample.index)
      : -1;
  const isOther =
    !!question?.method &&
    question.method.class_name !== embedding?.method.class_name;
  const isWaiting = isAsking && (isOther || !embedding?.follows);
  return (
    <div
      ref={root}
      aria-busy={isAsking}
      data-waiting={isWaiting || undefined}
      data-method={embedding?.method.class_name}
    >
      {question && embedding && sample && (
        <EmbeddingChoice
          question={question}
          embedding={embedding}
          sample={sample}
        />
      )}
      {isWaiting && (
        <AnswerProgress share={share} onStop={() => asking.stop()} />
      )}
      {isOld && !isAsking && (
        <p className="jp-kerasviz-AnswerProgress">
          {trans.__('The model has changed since.')}{' '}
          <button
            type="button"
            className="jp-mod-styled"
            onClick={() => asking.again()}
          >
            {trans.__('Update')}
          </button>
        </p>
      )}
      {embedding && !error && sample && width > 0 && (
        <>
          <Exportable
            picture={{
              name: `${node.layer}-embedding`,
              title: trans.__('Samples at layer %1', node.layer),
              code: {
                class_name: 'sample_points',
                config: {
                  node: node.id,
                  path: inside.way,
                  part: embedding.part,
                  samples: question?.samples ?? embedding.indices.length,
                  shown: embedding.indices.length,
                  method: {
                    class_name: embedding.method.class_name,
                    config: embedding.method.config
                  },
                  classes: sample.classes
                }
              }
            }}
          >
            <Scatter
              embedding={embedding}
              hasClasses={sample.classes.length > 0}
              side={Math.min(MOST, width)}
              marked={marked}
              onPoint={setPoint}
              onChoose={follow}
            />
            <Legend embedding={embedding} sample={sample} />
          </Exportable>
          <output className="jp-kerasviz-LargeView-point">
            {point === null || point >= embedding.indices.length
              ? trans.__('Point at a sample for details; click to follow it.')
              : pointInWords(embedding, point, trans)}
          </output>
          {embedding.notes.map((note, i) => (
            <p key={i} className="jp-kerasviz-LargeView-facts">
              {say(note)}
            </p>
          ))}
        </>
      )}
      {error && <ErrorNotice error={error} />}
    </div>
  );
}

/** A sample: its number, its class, and what is predicted. */
function pointInWords(
  { indices, labels, predicted }: IEmbedding,
  point: number,
  trans: ITranslation
): string {
  const parts = [trans.__('sample %1', indices[point])];
  if (labels[point] !== null) {
    parts.push(trans.__('target: %1', labels[point]));
  }
  if (predicted[point] !== null) {
    parts.push(trans.__('predicted: %1', predicted[point]));
  }
  return parts.join(', ');
}

function Legend({
  embedding,
  sample: { classes }
}: {
  embedding: IEmbedding;
  sample: ISample;
}): JSX.Element {
  const trans = useTranslation();
  const wrong = embedding.indices.filter((_, i) =>
    isWrong(embedding, i, classes.length > 0)
  ).length;
  return (
    <div className="jp-kerasviz-PlaneLegend">
      <ClassLegend classes={classes} />
      {wrong > 0 && (
        <span>
          <span className="jp-kerasviz-PlaneLegend-mark jp-mod-wrong" />
          {trans.__('wrong predictions: %1', wrong)}
        </span>
      )}
    </div>
  );
}
