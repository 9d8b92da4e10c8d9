import * as React from 'react';
import {
  asKerasError,
  type IAt,
  type IChosenJSON,
  type ISliceOf,
  say
} from '../../core';
import { download } from '../download';
import { useModel } from '../hooks';
import { useTranslation } from '../host';
import { elementSVG } from './elementsvg';
import { rememberPicture } from './openmenu';
import { rasterize } from './rasterize';

/** A picture that can be kept. */
export interface IPicture {
  /** Of its file, without an extension. */
  name: string;
  /** What the kernel writes code of: `insight/pictures/`; null where a picture has none. */
  code: IChosenJSON | null;
  /** What is written above it in a file; nothing where the picture says it itself. */
  title?: string;
  /** Of a result, which output of the model it is of. */
  output?: number;
  /** Of a result, the samples that it is of; null for all. */
  slice?: ISliceOf | null;
  /** Whose weights it is of; those of the moment that is shown where it is not said. */
  at?: IAt | null;
}

export interface IExportableProps {
  picture: IPicture;
  /** Whether a button opens the menu, beside a right click; false for pictures on cards, which are many. */
  hasButton?: boolean;
  className?: string;
  children: React.ReactNode;
}

/** Space between a menu and an edge of the window. */
const EDGE = 8;

/** A picture with a menu to copy it, save it as PNG or SVG, and copy the Python that makes it. */
export function Exportable(props: IExportableProps): JSX.Element {
  const { picture, hasButton = true, className = '', children } = props;
  const trans = useTranslation();
  const root = React.useRef<HTMLDivElement>(null);
  const [place, setPlace] = React.useState<{ x: number; y: number } | null>(
    null
  );
  return (
    <div
      ref={root}
      className={`jp-kerasviz-Exportable ${className}`}
      data-picture={picture.name}
      data-on-card={!hasButton}
      onFocus={() => rememberPicture(root.current)}
      onMouseEnter={() => rememberPicture(root.current)}
      onContextMenu={event => {
        event.preventDefault();
        event.stopPropagation();
        setPlace({ x: event.clientX, y: event.clientY });
      }}
    >
      {children}
      {hasButton && (
        <button
          type="button"
          className="jp-kerasviz-Exportable-button"
          aria-haspopup="menu"
          aria-label={trans.__('Save or copy this picture')}
          title={trans.__('Save or copy this picture')}
          onClick={event => {
            const { left, bottom } =
              event.currentTarget.getBoundingClientRect();
            setPlace({ x: left, y: bottom });
          }}
        >
          ⋯
        </button>
      )}
      {place && (
        <Menu
          picture={picture}
          place={place}
          drawn={() => elementSVG(root.current!, isControl, picture.title)}
          onClose={() => {
            setPlace(null);
            root.current
              ?.querySelector<HTMLElement>('.jp-kerasviz-Exportable-button')
              ?.focus();
          }}
        />
      )}
    </div>
  );
}

interface IMenuProps {
  picture: IPicture;
  place: { x: number; y: number };
  /** The picture as SVG. */
  drawn(): string;
  onClose(): void;
}

/** In the layer above all others, where nothing cuts it off and no zoom changes it. */
function Menu({ picture, place, drawn, onClose }: IMenuProps): JSX.Element {
  const trans = useTranslation();
  const model = useModel();
  const menu = React.useRef<HTMLDivElement>(null);
  const [said, setSaid] = React.useState('');
  const [code, setCode] = React.useState<string | null>(null);

  React.useLayoutEffect(() => {
    const element = menu.current!;
    element.setAttribute('popover', 'auto');
    element.showPopover?.();
    const { width, height } = element.getBoundingClientRect();
    const left = Math.min(place.x, window.innerWidth - width - EDGE);
    const top = Math.min(place.y, window.innerHeight - height - EDGE);
    element.style.left = `${Math.max(EDGE, left)}px`;
    element.style.top = `${Math.max(EDGE, top)}px`;
    element.querySelector('button')?.focus();
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') {
        onClose();
      }
    };
    element.addEventListener('toggle', onToggle);
    return () => element.removeEventListener('toggle', onToggle);
    // It is opened once, where it was asked for.
  }, []);

  const svg = () => new Blob([drawn()], { type: 'image/svg+xml' });
  const copyCode = async () => {
    const asked = {
      picture: picture.code!,
      output: picture.output ?? 0,
      slice: picture.slice ?? null,
      at: picture.at === undefined ? model.moment.value.at : picture.at
    };
    const found = await model.ask('picture_code', asked);
    try {
      await navigator.clipboard.writeText(found.code);
    } catch {
      setCode(found.code); // browsers give the clipboard to pages from a safe address only
      setSaid(trans.__('Selected: press Ctrl C or ⌘ C'));
      return false;
    }
  };
  const actions: [string, string, () => unknown][] = [
    [
      'copy-png',
      trans.__('Copy as PNG'),
      () =>
        navigator.clipboard.write([
          new ClipboardItem({ 'image/png': rasterize(drawn()) })
        ])
    ],
    [
      'save-png',
      trans.__('Save as PNG'),
      async () => download(await rasterize(drawn()), `${picture.name}.png`)
    ],
    [
      'save-svg',
      trans.__('Save as SVG'),
      () => download(svg(), `${picture.name}.svg`)
    ],
    ...(picture.code
      ? [
          ['copy-code', trans.__('Copy Python Code'), copyCode] as [
            string,
            string,
            () => unknown
          ]
        ]
      : [])
  ];

  return (
    <div
      ref={menu}
      className="jp-kerasviz-Exportable-menu nodrag nopan"
      role="menu"
      aria-label={trans.__('Save or copy this picture')}
      onKeyDown={event => {
        event.stopPropagation();
        const items = [...menu.current!.querySelectorAll('button')];
        const at = items.findIndex(item => item === document.activeElement);
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step) {
          event.preventDefault();
          items[(at + step + items.length) % items.length].focus();
        } else if (event.key === 'Escape') {
          onClose();
        }
      }}
      onContextMenu={event => event.stopPropagation()}
      onClick={event => event.stopPropagation()} // a card under it is not chosen
    >
      {actions.map(([id, label, act]) => (
        <button
          key={id}
          type="button"
          role="menuitem"
          data-command={id}
          onClick={() => {
            setSaid('');
            void (async () => {
              try {
                if ((await act()) !== false) {
                  onClose();
                }
              } catch (reason) {
                setSaid(say(asKerasError(reason).message));
              }
            })();
          }}
        >
          {label}
        </button>
      ))}
      {said && <p role="alert">{said}</p>}
      {code !== null && (
        <textarea
          readOnly
          aria-label={trans.__('Python code')}
          value={code}
          ref={element => element?.select()}
        />
      )}
    </div>
  );
}

/** What belongs to no picture: controls, and what follows the mouse. */
function isControl(element: Element): boolean {
  return element.matches(
    '.jp-kerasviz-Exportable-button, .jp-kerasviz-Exportable-menu, select, input, output, .modebar-container, .hoverlayer'
  );
}
