/** A host for tests: English texts, and rjsf's own form. */
import type { JSONObject } from '@lumino/coreutils';
import RjsfForm from '@rjsf/core';
import { customizeValidator } from '@rjsf/validator-ajv8';
import { render, type RenderResult } from '@testing-library/react';
import * as React from 'react';
import { english, type EditorModel } from '../../core';
import { HostContext, type IFormProps, type IHost } from '../host';
import { ModelContext } from '../hooks';

const VALIDATOR = customizeValidator<JSONObject>();

export const HOST: IHost = {
  trans: english,
  Form: (props: IFormProps) => (
    <RjsfForm {...props} validator={VALIDATOR}>
      <></>
    </RjsfForm>
  ),
  showForms: () => undefined,
  assets: {
    plotly: () => Promise.reject(new Error('Expected no chart.'))
  }
};

/** Puts a component on the page, with the model and a host around it. */
export function show(
  model: EditorModel,
  component: JSX.Element,
  host: IHost = HOST
): RenderResult {
  return render(
    <HostContext.Provider value={host}>
      <ModelContext.Provider value={model}>{component}</ModelContext.Provider>
    </HostContext.Provider>
  );
}

/** What jsdom lacks of a browser and React Flow looks for. Nothing has a size, nor changes it. */
export function standInForBrowser(): void {
  window.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  window.IntersectionObserver = class {
    constructor(
      private readonly _notify: (entries: { isIntersecting: true }[]) => void
    ) {}
    observe() {
      this._notify([{ isIntersecting: true }]);
    }
    disconnect() {}
  } as unknown as typeof IntersectionObserver;
  window.DOMMatrixReadOnly = class {
    m22 = 1;
  } as unknown as typeof DOMMatrixReadOnly;
  window.CSS = { escape: (text: string) => text } as unknown as typeof CSS;
}
