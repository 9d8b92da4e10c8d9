import type { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { say } from '../../core/translation';
import type { IFormat } from '../../core';

/** The format that a file's extension chooses, and that extension. */
export function formatOf(
  name: string,
  formats: readonly IFormat[]
): { format: IFormat; end: string } | null {
  const fitting = formats
    .flatMap(format => format.ends.map(end => ({ format, end })))
    .filter(({ end }) =>
      end ? name.endsWith(end) && name !== end : name && !name.includes('.')
    );
  fitting.sort((a, b) => b.end.length - a.end.length);
  return fitting[0] ?? null;
}

/** Asks for a format and a file name, whose extension is the format's. */
export class SaveBody
  extends ReactWidget
  implements Dialog.IBodyWidget<string>
{
  constructor(
    private readonly _formats: readonly IFormat[],
    private _name: string,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-kerasviz-SaveBody');
  }

  getValue(): string {
    return this._name.trim();
  }

  protected render(): React.ReactElement {
    const trans = this._trans;
    const name = this.getValue();
    const chosen = formatOf(name, this._formats);
    const index = chosen ? this._formats.indexOf(chosen.format) : -1;
    return (
      <>
        <label>
          {trans.__('Format')}
          <select
            className="jp-mod-styled"
            data-field="format"
            value={index}
            onChange={event => this._choose(Number(event.target.value))}
          >
            {index < 0 && <option value={-1}>{trans.__('none')}</option>}
            {this._formats.map(({ name, ends }, i) => (
              <option key={name} value={i}>
                {ends[0] ? `${name} (${ends.join(', ')})` : name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {trans.__('File name, in the folder of the document')}
          <input
            className="jp-mod-styled"
            data-field="name"
            value={this._name}
            onChange={event => this._setName(event.target.value)}
          />
        </label>
        {chosen ? (
          <dl aria-live="polite">
            <dt>{trans.__('Kept')}</dt>
            <dd>{say(chosen.format.keeps)}</dd>
            <dt>{trans.__('Not kept')}</dt>
            <dd>{say(chosen.format.loses)}</dd>
            <dd>
              {trans.__(
                'positions on the canvas and training settings, which the document keeps'
              )}
            </dd>
            {chosen.format.missing && (
              <>
                <dt>{trans.__('Missing')}</dt>
                <dd role="alert">{say(chosen.format.missing)}</dd>
              </>
            )}
          </dl>
        ) : (
          <p role="alert">
            {trans.__('Use one of the listed file extensions.')}
          </p>
        )}
      </>
    );
  }

  /** Gives the name the extension of a format. */
  private _choose(index: number): void {
    const end = formatOf(this.getValue(), this._formats)?.end;
    const stem = end
      ? this.getValue().slice(0, -end.length)
      : this.getValue().split('.')[0];
    this._setName(`${stem}${this._formats[index].ends[0]}`);
  }

  private _setName(name: string): void {
    this._name = name;
    this.update();
  }
}
