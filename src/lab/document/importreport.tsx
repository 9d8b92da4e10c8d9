/** Tells what was changed in a model to bring it up to today's Keras. */
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

/**
 * Shows a notification that opens the list of changes.
 *
 * @param report - A sentence for each change.
 */
export function tellChanges(
  file: string,
  report: readonly string[],
  trans: TranslationBundle
): void {
  const title = trans._n(
    '%2 was brought up to today’s Keras: %1 change. The file itself stays as it is.',
    '%2 was brought up to today’s Keras: %1 changes. The file itself stays as it is.',
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
                  <li key={index}>{change}</li>
                ))}
              </ul>
            ),
            buttons: [Dialog.okButton()]
          })
      }
    ]
  });
}
