/** What the editor needs from the program that it lives in: JupyterLab or a notebook's widget. */
import type { JSONObject } from '@lumino/coreutils';
import type { FormProps } from '@rjsf/core';
import * as React from 'react';
import type { ITranslation } from '../core';

/** The props of rjsf's `Form` that the editor uses; the host adds its validator. */
export type IFormProps = Pick<
  FormProps<JSONObject>,
  | 'schema'
  | 'uiSchema'
  | 'formData'
  | 'formContext'
  | 'onChange'
  | 'fields'
  | 'widgets'
  | 'templates'
  | 'idPrefix'
  | 'tagName'
  | 'noHtml5Validate'
  | 'experimental_defaultFormStateBehavior'
>;

/** The functions of plotly.js that the charts use. */
export type IPlotly = Pick<
  typeof import('plotly.js'),
  | 'newPlot'
  | 'react'
  | 'extendTraces'
  | 'relayout'
  | 'restyle'
  | 'purge'
  | 'toImage'
> & { Plots: Pick<typeof import('plotly.js').Plots, 'resize'> };

/** Large scripts; each is loaded when it is first needed. */
export interface IAssets {
  plotly(): Promise<IPlotly>;
}

/** What a message offers to do. */
export interface INoticeAction {
  label: string;
  run(): void;
}

/** What a person may choose from the disk. */
export type PathKind = 'file' | 'folder';

/** The program around the editor. */
export interface IHost {
  readonly trans: ITranslation;
  readonly Form: React.ComponentType<IFormProps>;
  readonly assets: IAssets;
  /** Brings the forms of the document into sight, where they are closed. */
  readonly showForms: () => void;
  /**
   * Shows a message that waits for nobody, with one thing to do about it, and gives what takes it away. Without it,
   * the editor shows its messages itself.
   */
  readonly notify?: (message: string, action: INoticeAction) => () => void;
  /**
   * Lets a person choose a file or folder, and gives its path relative to the folder of the document; null where
   * they chose none. Without it, a path is typed.
   */
  readonly choosePath?: (
    kind: PathKind,
    document: string,
    title: string
  ) => Promise<string | null>;
  /**
   * Opens a text as a new document, in the folder of another one. Without it, no document is made of a run.
   *
   * @param document - The path of the other one.
   */
  readonly openDocument?: (text: string, document: string) => Promise<void>;
  /**
   * Opens Python as a new script, in the folder of a document. Without it, a script is a file to download.
   *
   * @param document - The path of the document.
   */
  readonly openScript?: (code: string, document: string) => Promise<void>;
}

/** Gives the host to every component of the editor. */
export const HostContext = React.createContext<IHost | null>(null);

/**
 * The host around this component.
 *
 * @throws Error when there is no `HostContext.Provider` above.
 */
export function useHost(): IHost {
  const host = React.useContext(HostContext);
  if (!host) {
    throw new Error('Expected a HostContext.Provider above this component.');
  }
  return host;
}

/** The translation of the user's language. */
export function useTranslation(): ITranslation {
  return useHost().trans;
}
