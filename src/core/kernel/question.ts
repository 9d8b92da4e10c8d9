/** Requests that are about a document as it stands. */
import type { IDocumentText, IRequests } from '../protocol';

/** Requests whose payload holds a document, beside what else they need. */
export type Question = {
  [
    K in Exclude<keyof IRequests, 'hello'>
  ]: IRequests[K]['payload'] extends IDocumentText ? K : never;
}[Exclude<keyof IRequests, 'hello'>];
