import * as React from 'react';

/**
 * The Markdown of docstrings as React elements: paragraphs, headings, lists, code, bold and code in text.
 * All else, HTML and links included, is text.
 */
export const Markdown = React.memo(function Markdown(props: { text: string }) {
  return <>{blocks(props.text).map(renderBlock)}</>;
});

type Block =
  | { kind: 'code' | 'paragraph' | 'heading'; text: string }
  | { kind: 'list'; items: string[] };

const FENCE = /^\s*```/;
const ITEM = /^\s*(?:[-*]|\d+[.)])\s+/;

function blocks(text: string): Block[] {
  const result: Block[] = [];
  let open = null as Block | null;
  let fenced = false;
  for (const line of text.split('\n')) {
    if (FENCE.test(line)) {
      fenced = !fenced;
      open = fenced ? push({ kind: 'code', text: '' }) : null;
    } else if (fenced && open?.kind === 'code') {
      open.text += (open.text && '\n') + line;
    } else if (line.trim() === '') {
      open = open?.kind === 'list' ? open : null;
    } else if (/^#+\s/.test(line)) {
      push({ kind: 'heading', text: line.replace(/^#+\s+/, '') });
      open = null;
    } else if (ITEM.test(line)) {
      open = open?.kind === 'list' ? open : push({ kind: 'list', items: [] });
      open.items.push(line.replace(ITEM, ''));
    } else if (open?.kind === 'list' && /^\s/.test(line)) {
      open.items[open.items.length - 1] += ` ${line.trim()}`;
    } else if (open?.kind === 'paragraph') {
      open.text += ` ${line.trim()}`;
    } else {
      open = push({ kind: 'paragraph', text: line.trim() });
    }
  }
  return result;

  function push<T extends Block>(block: T): T {
    result.push(block);
    return block;
  }
}

function renderBlock(block: Block, key: number): JSX.Element {
  switch (block.kind) {
    case 'code':
      return <pre key={key}>{block.text}</pre>;
    case 'heading':
      return <h3 key={key}>{inline(block.text)}</h3>;
    case 'list':
      return (
        <ul key={key}>
          {block.items.map((item, i) => (
            <li key={i}>{inline(item)}</li>
          ))}
        </ul>
      );
    case 'paragraph':
      return <p key={key}>{inline(block.text)}</p>;
  }
}

/** Text with `code` and **bold** in it. */
export function inline(text: string): React.ReactNode[] {
  return text.split(/(`+[^`]+`+|\*\*[^*]+\*\*)/).map((part, i) => {
    if (i % 2 === 0) {
      return part;
    }
    return part.startsWith('*') ? (
      <strong key={i}>{part.slice(2, -2)}</strong>
    ) : (
      <code key={i}>{part.replace(/`/g, '')}</code>
    );
  });
}
