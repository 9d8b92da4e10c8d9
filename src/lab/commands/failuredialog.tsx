/** Says why a command failed, and offers the way out that the kernel knows. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { asKerasError, say, type EditorModel } from '../../core';

/** Shows the sentence, with Keras' own words behind it; the fix is a step that can be undone. */
export async function showFailure(
  title: string,
  reason: unknown,
  editor: EditorModel | null,
  trans: TranslationBundle
): Promise<void> {
  const { message, detail, fix } = asKerasError(reason);
  const buttons = [Dialog.cancelButton({ label: trans.__('Dismiss') })];
  if (fix && editor) {
    buttons.push(Dialog.okButton({ label: say(fix.title) }));
  }
  const { button } = await showDialog({
    title,
    body: (
      <div>
        <p>{say(message)}</p>
        {detail && (
          <details>
            <summary>{trans.__('Message from Keras')}</summary>
            <pre>{detail}</pre>
          </details>
        )}
      </div>
    ),
    buttons
  });
  if (button.accept && fix && editor) {
    try {
      await editor.applyFix(fix, 'document');
    } catch (failure) {
      await showFailure(
        trans.__('Could not fix the model'),
        failure,
        null,
        trans
      );
    }
  }
}
