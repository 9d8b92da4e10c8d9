/** Finds layers by what a person types: names, other names, words of the documentation, with typing errors. */
import { aliases } from './aliases';
import type { ILayerEntry } from './catalog';

/** What of an entry can be looked for, in lower case. */
interface ISubject {
  entry: ILayerEntry;
  name: string;
  /** The name without spaces and signs. */
  plain: string;
  aliases: string[];
  about: string;
  /** The documentation as words between spaces. */
  doc: string;
}

/** How well an entry fits, best first. */
enum Fit {
  Name,
  Alias,
  Begins,
  Holds,
  AliasHolds,
  Partly,
  About,
  Typo,
  Doc,
  None
}

/** Searches the entries of one catalogue. */
export class CatalogSearch {
  /**
   * @param entries - What is looked for.
   * @param label - What people call an entry.
   */
  constructor(
    entries: readonly ILayerEntry[],
    label: (entry: ILayerEntry) => string
  ) {
    const others = aliases();
    this._subjects = entries.map(entry => {
      const name = label(entry).toLowerCase();
      const known = entry.registered_name
        ? undefined
        : others[entry.class_name];
      const title = entry.schema.title?.toLowerCase();
      return {
        entry,
        name,
        plain: plain(name),
        aliases: [
          ...(title ? [title] : []),
          ...(known ?? '').toLowerCase().split(/\s*,\s*/)
        ].filter(Boolean),
        about: `${entry.group} ${entry.summary}`.toLowerCase(),
        doc: phrase(entry.doc)
      };
    });
  }

  /** The entries that fit, best first. */
  find(text: string): ILayerEntry[] {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return this._subjects
      .map(subject => ({ entry: subject.entry, fit: fit(subject, words) }))
      .filter(({ fit }) => fit < Fit.None)
      .sort((a, b) => a.fit - b.fit)
      .map(({ entry }) => entry);
  }

  private readonly _subjects: ISubject[];
}

function fit(subject: ISubject, words: string[]): Fit {
  const { name, aliases, about, doc } = subject;
  const query = words.join(' ');
  const holds = (text: string) => words.every(word => text.includes(word));
  if (subject.plain === plain(query)) {
    return Fit.Name;
  }
  if (aliases.includes(query)) {
    return Fit.Alias;
  }
  if (holds(name)) {
    return name.startsWith(words[0]) ? Fit.Begins : Fit.Holds;
  }
  if (aliases.some(holds)) {
    return Fit.AliasHolds;
  }
  if (holds(`${name} ${about}`)) {
    return words.some(word => name.includes(word)) ? Fit.Partly : Fit.About;
  }
  if (
    [subject.plain, ...aliases.map(plain)].some(x => isTypo(plain(query), x))
  ) {
    return Fit.Typo;
  }
  return doc.includes(phrase(query)) ? Fit.Doc : Fit.None;
}

function phrase(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}.]/gu, '');
}

/** Whether a text is a word but for a letter, or two where it is long. */
function isTypo(text: string, word: string): boolean {
  const most = text.length < 4 ? 0 : text.length < 8 ? 1 : 2;
  return (
    most > 0 &&
    Math.abs(text.length - word.length) <= most &&
    distance(text, word) <= most
  );
}

/** Letters to insert, remove, replace, or swap with their neighbour, to make one text the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
