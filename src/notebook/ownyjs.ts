/**
 * Lets the widget bring a Yjs of its own. Yjs warns of a second one on a page, because documents of one mean nothing to
 * the other; those of the widget never meet those of the page. Imported before Yjs, which sets this mark.
 */
const IMPORTED = '__ $YJS$ __';

delete (globalThis as Record<string, unknown>)[IMPORTED];
