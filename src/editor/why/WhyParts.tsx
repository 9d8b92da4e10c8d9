import * as React from 'react';
import type { IWhy, IWhyPart } from '../../core';
import { Exportable } from '../exporting';
import { useTranslation } from '../host';
import { Lines } from '../insight/LinesView';
import { HeatMap } from './HeatMap';
import { WeighedColumns } from './WeighedColumns';
import { WeighedWords } from './WeighedWords';
import { WhyLegend } from './WhyLegend';

/** Pixels of a picture, and of a line with its weights. */
const PICTURE = { width: 220, height: 200 } as const;
const SERIES = { width: 420, height: 90 } as const;
/** Pixels of the weights of a channel below a line. */
const ROW = 14;

export interface IWhyPartsProps {
  why: IWhy;
  opacity: number;
}

/** The weights of each Input, as the sample has it. */
export function WhyParts({ why, opacity }: IWhyPartsProps): JSX.Element {
  const trans = useTranslation();
  const { parts, method, methods, answers, output, target } = why;
  const title =
    methods.find(m => m.class_name === method?.class_name)?.title ?? '';
  const answer = why.is_of_data ? undefined : answers[target];
  const said = answer === undefined ? title : trans.__('%1: %2', title, answer);
  const config = method && {
    method: { class_name: method.class_name, config: method.config },
    output,
    target
  };
  return (
    <div className="jp-kerasviz-WhyParts">
      {parts.map((part, i) => (
        <figure key={i} data-kind={part.kind}>
          {parts.length > 1 && part.name && (
            <figcaption>{part.name}</figcaption>
          )}
          <Exportable
            picture={{
              name: part.name ? `why-${part.name}` : 'why',
              title:
                part.name && parts.length > 1
                  ? trans.__('%1, %2', said, part.name)
                  : said,
              code: config && { class_name: 'why_weights', config }
            }}
          >
            <Part part={part} opacity={opacity} />
            {part.most > 0 && <WhyLegend why={why} most={part.most} />}
          </Exportable>
        </figure>
      ))}
    </div>
  );
}

function Part({
  part,
  opacity
}: {
  part: IWhyPart;
  opacity: number;
}): JSX.Element {
  switch (part.kind) {
    case 'tokens':
      return <WeighedWords part={part} />;
    case 'columns':
      return <WeighedColumns part={part} />;
    case 'series':
      return (
        <div style={{ width: SERIES.width }}>
          {part.view && (
            <div style={SERIES}>
              <Lines view={part.view} />
            </div>
          )}
          <HeatMap
            part={{ ...part, view: null }}
            room={{ width: SERIES.width, height: ROW * part.height }}
            opacity={1}
          />
        </div>
      );
    default:
      return <HeatMap part={part} room={PICTURE} opacity={opacity} />;
  }
}
