/** What a body's content type says about the events in it. */
import { EngineError } from '../../contracts/errors.ts';

export interface MediaType {
  /** One JSON value (an event or an array of events), or one event a line. */
  readonly layout: 'json' | 'lines';
  readonly dialect: 'event' | 'cloudevents' | 'xapi';
}

const mediaTypes: Readonly<Record<string, MediaType>> = {
  'application/json': { layout: 'json', dialect: 'event' },
  'application/x-ndjson': { layout: 'lines', dialect: 'event' },
  'application/ndjson': { layout: 'lines', dialect: 'event' },
  'application/jsonl': { layout: 'lines', dialect: 'event' },
  'application/cloudevents+json': { layout: 'json', dialect: 'cloudevents' },
  'application/cloudevents-batch+json': { layout: 'json', dialect: 'cloudevents' },
  'application/vnd.xapi+json': { layout: 'json', dialect: 'xapi' },
};

/** @throws EngineError BODY_INVALID when no event can have this type, or its text is not in UTF-8 */
export function readMediaType(contentType: string): MediaType {
  const [name = '', ...parameters] = contentType
    .split(';')
    .map((part) => part.trim().toLowerCase());
  const mediaType = Object.hasOwn(mediaTypes, name) ? mediaTypes[name] : undefined;
  if (mediaType === undefined) {
    const known = Object.keys(mediaTypes).join(', ');
    const got = name === '' ? 'nothing' : name.slice(0, 100);
    throw new EngineError('BODY_INVALID', `content type: expected one of ${known}, got ${got}`);
  }
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?(utf-?8|us-ascii)"?$/.test(charset)) {
    throw new EngineError('BODY_INVALID', `charset: expected utf-8, got ${charset.slice(8, 100)}`);
  }
  return mediaType;
}
