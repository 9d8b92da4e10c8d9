// Written by `make protocol` from kerasviz/protocol; change it there.
/**
 * The frame of messages.
 *
 * A request gets one answer, or a refusal, with its id. Events come unasked; `seq` counts by one in each
 * session, so a gap shows.
 */

import type { JSONObject } from '@lumino/coreutils';
import type { IKerasError } from './errors';

export const PROTOCOL_VERSION = 1;

/** A request, as the page sends it. */
export interface IRequestMessage {
  id: string;
  type: string;
  payload: JSONObject;
  version: number;
}

/** The answer to a request. */
export interface IAnswerMessage {
  id: string;
  ok: true;
  payload: JSONObject;
}

/** Why a request was not answered. */
export interface IRefusalMessage {
  id: string;
  ok: false;
  error: IKerasError;
}

/** Something that happened. */
export interface IEventMessage {
  event: string;
  seq: number;
  payload: JSONObject;
}
