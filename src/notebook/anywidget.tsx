/** The anywidget module of kerasviz: `kerasviz.Editor` and `kerasviz.LiveCharts` in a notebook. */
import type { RenderProps } from '@anywidget/types';
import * as React from 'react';
import { createRoot } from 'react-dom/client';
import '../../style/index.css';
import '../../style/notebook.css';
import { translateWith } from '../core';
import { HostContext, ModelContext, NotebookEditor } from '../editor';
import type { IHost } from '../editor';
import { ChartsView } from './ChartsView';
import { Form } from './Form';
import { FormerDrawing } from './FormerDrawing';
import { kernelAssets } from './assets';
import { ChartsSession } from './chartssession';
import { EditorSession } from './editorsession';
import { keepToItself } from './hostkeys';
import { leaveTheWheel } from './hostwheel';
import { pageTranslation } from './pagetranslation';
import type { ITraits, WidgetModel } from './traits';

/** The class that ipywidgets puts on a view that is made without a comm. */
const DISCONNECTED = 'jupyter-widgets-disconnected';

/** The view of ipywidgets, which is `this` in callbacks: only it knows that the comm died later. */
interface IWidgetView {
  model: { comm_live: boolean };
}

/** anywidget calls this once for each widget of a page; its views share what `initialize` made. */
export default function widget() {
  let session: EditorSession | ChartsSession;
  return {
    initialize({ model }: { model: WidgetModel }) {
      session =
        model.get('_view') === 'charts'
          ? new ChartsSession(model)
          : new EditorSession(model);
      return () => session.dispose();
    },

    async render({ model, el }: RenderProps<ITraits>) {
      const { connection } = session;
      connection.setLive(!el.classList.contains(DISCONNECTED));
      model.on('comm_live_update', function (this: IWidgetView) {
        connection.setLive(this.model.comm_live);
      });

      const trans = await pageTranslation(el.ownerDocument);
      translateWith(trans);
      const host: IHost = {
        trans,
        Form,
        showForms: () => undefined, // the editor has them beside its canvas
        assets: kernelAssets(() => connection.client)
      };
      const box = el.ownerDocument.createElement('div');
      box.className = 'jp-kerasviz-Widget';
      box.dataset.view = model.get('_view');
      keepToItself(box);
      leaveTheWheel(box);
      const height = () => {
        box.style.height =
          session instanceof EditorSession ? `${model.get('_height')}px` : '';
      };
      model.on('change:_height', height);
      height();
      el.append(box);
      const root = createRoot(box);
      root.render(
        <HostContext.Provider value={host}>
          {session instanceof EditorSession ? (
            <ModelContext.Provider value={session.editor}>
              <NotebookEditor>
                <FormerDrawing session={session} />
              </NotebookEditor>
            </ModelContext.Provider>
          ) : (
            <ChartsView session={session} />
          )}
        </HostContext.Provider>
      );
      return () => root.unmount();
    }
  };
}
