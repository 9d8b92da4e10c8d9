import * as React from 'react';
import type { ITranslation } from '../core';
import { useTranslation } from './host';

/** What a tab is called. */
export interface ITabName {
  id: string;
  label(trans: ITranslation): string;
  /** Shown beside its name. */
  Badge?: React.ComponentType;
}

/** A tab, and what it shows. */
export interface ITab<P = object> extends ITabName {
  Content: React.ComponentType<P>;
}

export interface ITabListProps<T> {
  /** Tells the elements of this page's tab lists apart. */
  id: string;
  className: string;
  tabs: readonly T[];
  current: T;
  onSelect(tab: T): void;
}

/** The names of tabs, in a row: a click, the arrow keys, Home or End choose one. */
export function TabList<T extends ITabName>(
  props: ITabListProps<T>
): JSX.Element {
  const { id, className, tabs, current, onSelect } = props;
  const trans = useTranslation();
  const list = React.useRef<HTMLDivElement>(null);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const at = tabs.indexOf(current);
    const next = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1
    }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      onSelect(tabs[next]);
      list.current
        ?.querySelector<HTMLElement>(`[data-tab="${tabs[next].id}"]`)
        ?.focus();
    }
  };
  return (
    <div className={className} role="tablist" ref={list} onKeyDown={onKeyDown}>
      {tabs.map(tab => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={tabId(id, tab)}
          data-tab={tab.id}
          aria-selected={tab === current}
          aria-controls={tab === current ? tabPanelId(id, tab) : undefined}
          tabIndex={tab === current ? 0 : -1}
          onClick={() => onSelect(tab)}
        >
          {tab.label(trans)}
          {tab.Badge && <tab.Badge />}
        </button>
      ))}
    </div>
  );
}

/** The id of the element that names a tab. */
export function tabId(id: string, tab: { id: string }): string {
  return `${id}-${tab.id}`;
}

/** The id of the element that holds what a tab shows. */
export function tabPanelId(id: string, tab: { id: string }): string {
  return `${id}-${tab.id}-panel`;
}
