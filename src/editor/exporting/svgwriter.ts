/** Writes SVG as a document, so that no name and no text can become markup. */
const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Characters that XML can't hold, not even escaped. */
// eslint-disable-next-line no-control-regex
const INVALID = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** Attributes of an element, as SVG names them. */
export type Attributes = { [name: string]: string | number };

/** An SVG picture that grows by elements. */
export class SVGWriter {
  /** @param attributes - Those of the outer element. */
  constructor(attributes: Attributes) {
    this._document = document.implementation.createDocument(NAMESPACE, 'svg');
    this._set(this._document.documentElement, attributes);
  }

  /** Adds an element, with a text where it has one. */
  add(name: string, attributes: Attributes, text?: string): void {
    const element = this._document.createElementNS(NAMESPACE, name);
    this._set(element, attributes);
    if (text !== undefined) {
      element.textContent = text.replace(INVALID, '\ufffd');
    }
    this._document.documentElement.append(element);
  }

  /** Adds an element of another SVG. */
  append(element: Element): void {
    this._document.documentElement.append(element);
  }

  /** The picture as the text of a file. */
  toString(): string {
    return new XMLSerializer().serializeToString(this._document);
  }

  private _set(element: Element, attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, String(value));
    }
  }

  private readonly _document: XMLDocument;
}
