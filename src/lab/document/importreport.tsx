/** Tells what was changed in a model to convert it for the current Keras. */
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { say, type Sentence } from '../../core/translation';

/**
 * Shows a notification that opens the list of changes.
 *
 * @param report - A sentence for each change.
 */
export function tellChanges(
  file: string,
  report: readonly Sentence[],
  trans: TranslationBundle
): void {
  const title = trans._n(
    '%2 was converted for the current Keras: %1 change. The file itself is unchanged.',
    '%2 was converted for the current Keras: %1 changes. The file itself is unchanged.',
    report.length,
    file
  );
  Notification.info(title, {
    autoClose: false,
    actions: [
      {
        label: trans.__('Show Changes'),
        callback: () =>
          void showDialog({
            title: trans.__('Changes to %1', file),
            body: (
              <ul className="jp-kerasviz-ImportReport">
                {report.map((change, index) => (
                  <li key={index}>{say(change)}</li>
                ))}
              </ul>
            ),
            buttons: [Dialog.okButton()]
          })
      }
    ]
  });
}
