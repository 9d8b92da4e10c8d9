import * as React from 'react';
import { useTranslation } from '../host';
import { classColour, classSymbol } from './classmarks';
import { cssColour } from './colours';

/** Classes that are named: more would hide the picture. */
const MOST = 60;

/** The mark of each class beside its name; a picture of classes has one. */
export function ClassLegend({
  classes
}: {
  classes: readonly string[];
}): JSX.Element {
  const trans = useTranslation();
  const others = classes.length - MOST;
  return (
    <>
      {classes.slice(0, MOST).map((name, i) => (
        <span key={i} className="jp-kerasviz-ClassLegend">
          <svg width={10} height={10} viewBox="-1.5 -1.5 3 3" aria-hidden>
            <path d={classSymbol(i)} fill={cssColour(classColour(i))} />
          </svg>
          {name}
        </span>
      ))}
      {others > 0 && (
        <span>
          {trans._n('%1 other class', '%1 other classes', others, others)}
        </span>
      )}
    </>
  );
}
