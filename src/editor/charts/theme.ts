/** Colours of the charts, taken from the page's theme. */
import * as React from 'react';
import type { Severity } from '../../core';

export interface IChartTheme {
  text: string;
  grid: string;
  background: string;
  /** Colours of runs. */
  runs: string[];
  /** Of the validation curve of a run that is drawn alone. */
  validation: string;
  /** Of what can't work, hurts, or could be better. */
  severities: { [S in Severity]: string };
  font: string;
}

/** CSS variable and what stands in for it where no theme defines it. Both sets are in style/training.css. */
const VARIABLES: {
  [K in Exclude<keyof IChartTheme, 'runs' | 'severities'>]: [string, string];
} = {
  text: ['--jp-ui-font-color1', '#212121'],
  grid: ['--jp-border-color2', '#e0e0e0'],
  background: ['--jp-layout-color1', '#fff'],
  validation: ['--jp-kerasviz-validation-color', '#c75000'],
  font: ['--jp-ui-font-family', 'sans-serif']
};

const SEVERITIES: { [S in Severity]: [string, string] } = {
  error: ['--jp-error-color1', '#d32f2f'],
  warning: ['--jp-warn-color1', '#ef6c00'],
  info: ['--jp-info-color1', '#0097a7']
};

const RUN_COLORS = [
  '#1976d2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#7e57c2',
  '#e69f00',
  '#56b4e9',
  '#a0522d'
];

/** The CSS variable with the colour of a run. */
export function runVariable(color: number): string {
  return `--jp-kerasviz-run-${color % RUN_COLORS.length}`;
}

/** Reads the theme as it applies to an element. */
export function readTheme(element: Element): IChartTheme {
  const style = getComputedStyle(element);
  const read = ([variable, fallback]: [string, string]) =>
    style.getPropertyValue(variable).trim() || fallback;
  return {
    text: read(VARIABLES.text),
    grid: read(VARIABLES.grid),
    background: read(VARIABLES.background),
    runs: RUN_COLORS.map((fallback, i) => read([runVariable(i), fallback])),
    validation: read(VARIABLES.validation),
    severities: {
      error: read(SEVERITIES.error),
      warning: read(SEVERITIES.warning),
      info: read(SEVERITIES.info)
    },
    font: read(VARIABLES.font)
  };
}

/** The theme around an element; null until it is on the page. JupyterLab marks a change of theme on the body. */
export function useChartTheme(
  element: React.RefObject<Element>
): IChartTheme | null {
  const [theme, setTheme] = React.useState<IChartTheme | null>(null);
  React.useLayoutEffect(() => {
    const update = () => {
      if (element.current) {
        setTheme(readTheme(element.current));
      }
    };
    update();
    const observer = new MutationObserver(update);
    observer.observe(document.body, {
      attributeFilter: ['data-jp-theme-light', 'data-jp-theme-name']
    });
    return () => observer.disconnect();
  }, [element]);
  return theme;
}
