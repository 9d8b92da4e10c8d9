import { JSONExt } from '@lumino/coreutils';
import * as React from 'react';
import {
  planOf,
  type IColumnsJSON,
  type IPreviewColumn,
  type IProposed
} from '../../core';
import { formatCount } from '../format';
import { useTranslation } from '../host';
import { useDocument, useModel } from '../hooks';
import { Bars } from './Bars';
import { ClassBalance } from './ClassBalance';
import { kindLabel, spreadOf } from './columnwords';
import { roleOf, withRole, type Role } from './roles';

const NOTHING: IColumnsJSON = {};

/** The columns of a table: what is in each, and what it is for. */
export function ColumnList({
  columns,
  proposed,
  hasRoles
}: {
  columns: readonly IPreviewColumn[];
  /** What suits them as they are taken now. */
  proposed: IProposed;
  /** Whether a person says what a column is for. */
  hasRoles: boolean;
}): JSX.Element {
  const trans = useTranslation();
  const { document, look } = useModel();
  const model = useDocument(d => d.model);
  const plan = React.useMemo(() => model && planOf(model), [model]);
  const chosen = plan?.columns ?? null;
  const roles = chosen ?? proposed.columns ?? NOTHING;
  /** Steps and a split that were proposed for what a column was for before are proposed again. */
  const choose = (name: string, role: Role) => {
    document.setTraining({
      columns: withRole(roles, name, role),
      ...(JSONExt.deepEqual(
        plan?.preparation ?? null,
        proposed.preparation
      ) && {
        preparation: null
      }),
      ...(JSONExt.deepEqual(plan?.split ?? null, proposed.split) && {
        split: null
      })
    });
    void look.look();
  };
  return (
    <ul
      className="jp-kerasviz-Columns"
      aria-label={trans.__('Columns')}
      data-proposed={chosen === null}
    >
      {columns.map(column => (
        <li
          key={column.name}
          data-column={column.name}
          data-kind={column.kind}
          data-role={hasRoles ? roleOf(roles, column.name) : undefined}
        >
          <div className="jp-kerasviz-Columns-head">
            <strong>{column.name}</strong>
            {hasRoles && (
              <RoleSelect
                name={column.name}
                role={roleOf(roles, column.name)}
                onChange={role => choose(column.name, role)}
              />
            )}
          </div>
          <div className="jp-kerasviz-Field-note">
            {[
              kindLabel(column.kind, trans),
              ...spreadOf(column, trans),
              ...(column.missing > 0
                ? [trans.__('%1 missing', formatCount(column.missing))]
                : [])
            ].join(' · ')}
          </div>
          {column.histogram && (
            <Bars
              histogram={column.histogram}
              label={trans.__('How the values of %1 lie', column.name)}
            />
          )}
          {column.kind === 'category' && (
            <ClassBalance
              title={trans.__('Values of %1', column.name)}
              classes={column.classes}
              all={column.distinct}
              shown={5}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function RoleSelect({
  name,
  role,
  onChange
}: {
  name: string;
  role: Role;
  onChange(role: Role): void;
}): JSX.Element {
  const trans = useTranslation();
  const labels: [Role, string][] = [
    ['input', trans.__('Input')],
    ['target', trans.__('Target')],
    ['ignored', trans.__('Left out')],
    ['weight', trans.__('Sample weight')]
  ];
  return (
    <select
      aria-label={trans.__('What %1 is for', name)}
      value={role}
      onChange={event => onChange(event.target.value as Role)}
    >
      {labels.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
