/**
 * What the world does to the engine: one table of codes, one error class.
 *
 * A broken argument or invariant is our own mistake and is a `RangeError` or `TypeError`, never one of these.
 */

export interface Meaning {
  /** Who can mend it: the one who sent the data, an outside system, or the engine's operator. */
  readonly domain: 'user' | 'external' | 'internal';
  /** Whether the same attempt may succeed later. */
  readonly retry: 'never' | 'backoff';
  readonly means: string;
}

export const errors = {
  EVENT_NOT_JSON: {
    domain: 'user',
    retry: 'never',
    means: 'the bytes are not one JSON value in UTF-8',
  },
  EVENT_NOT_OBJECT: { domain: 'user', retry: 'never', means: 'the JSON value is not an object' },
  EVENT_TOO_LARGE: { domain: 'user', retry: 'never', means: 'the event exceeds 64 KiB' },
  EVENT_TOO_DEEP: {
    domain: 'user',
    retry: 'never',
    means: 'the event nests deeper than 16 levels',
  },
  EVENT_KEY_FORBIDDEN: {
    domain: 'user',
    retry: 'never',
    means: 'a key is __proto__, constructor or prototype',
  },
  EVENT_FIELD_MISSING: { domain: 'user', retry: 'never', means: 'a required field is absent' },
  EVENT_FIELD_INVALID: {
    domain: 'user',
    retry: 'never',
    means: 'a field has a wrong type or range',
  },
  EVENT_TIME_OUT_OF_RANGE: {
    domain: 'user',
    retry: 'never',
    means: 'the time is before the year 2000 or more than a day after it was received',
  },
  EVENT_SCHEMA_UNKNOWN: {
    domain: 'user',
    retry: 'never',
    means: 'the schema registry has no schema of the id that stands before the event',
  },
  EVENT_SCHEMA_UNUSABLE: {
    domain: 'user',
    retry: 'never',
    means: 'the schema of the event cannot be used to read it',
  },
  EVENT_SCHEMA_MISMATCH: {
    domain: 'user',
    retry: 'never',
    means: 'the bytes of the event are not of its schema',
  },
  EVENT_POISONOUS: {
    domain: 'internal',
    retry: 'never',
    means: 'the event made a pipeline fail and was set aside',
  },
  EXPOSURE_INVALID: {
    domain: 'user',
    retry: 'never',
    means: 'an exposure lacks what its analysis needs, or contradicts its experiment',
  },
  EXPERIMENT_INVALID: {
    domain: 'user',
    retry: 'never',
    means:
      'the definition of an experiment or of a metric is not sound, or a change would make its evidence invalid',
  },
  POLICY_INVALID: {
    domain: 'user',
    retry: 'never',
    means:
      'the definition of a policy is not sound, or a change would make what it has learnt invalid',
  },
  DECISION_INVALID: {
    domain: 'user',
    retry: 'never',
    means: 'a decision lacks what learning from it needs, or contradicts itself',
  },
  DECISION_IMPOSSIBLE: {
    domain: 'user',
    retry: 'never',
    means: 'no action of the policy may be chosen for this user',
  },
  REWARD_INVALID: {
    domain: 'user',
    retry: 'never',
    means: 'what an event earns a decision lies beyond the bounds of its policy',
  },
  EVALUATION_IMPOSSIBLE: {
    domain: 'user',
    retry: 'never',
    means: 'the log of decisions cannot say what other policies would have earned',
  },
  TRAINING_IMPOSSIBLE: {
    domain: 'user',
    retry: 'never',
    means: 'nothing can be learnt from the training set',
  },
  TRAINING_CANCELLED: { domain: 'user', retry: 'never', means: 'somebody ended the training' },
  TRAINING_DIED: {
    domain: 'internal',
    retry: 'never',
    means: 'the thread of a training took too long, ran out of memory or failed',
  },
  MODEL_INVALID: {
    domain: 'user',
    retry: 'never',
    means: 'a record of who predicts is not sound',
  },
  MODEL_UNUSABLE: {
    domain: 'user',
    retry: 'never',
    means: 'the file of a model is corrupt, or not what the engine can run',
  },
  ARTIFACT_UNAVAILABLE: {
    domain: 'external',
    retry: 'backoff',
    means: 'the file of a version cannot be stored or is not to be had',
  },
  ARTIFACT_CORRUPT: {
    domain: 'external',
    retry: 'never',
    means: 'the file of a version is not the one that was stored: its hash differs',
  },
  RANGE_TOO_LARGE: {
    domain: 'user',
    retry: 'never',
    means: 'there is more in the range of time than one answer takes',
  },
  BODY_INVALID: {
    domain: 'user',
    retry: 'never',
    means: 'the request body cannot be split into events',
  },
  BODY_TOO_LARGE: {
    domain: 'user',
    retry: 'never',
    means: 'the request body has too many bytes or events',
  },
  OVERLOADED: {
    domain: 'internal',
    retry: 'backoff',
    means: 'the engine takes no more at present',
  },
  ENGINE_ABSENT: { domain: 'external', retry: 'backoff', means: 'no engine answers' },
  LOG_FULL: {
    domain: 'internal',
    retry: 'backoff',
    means: 'the event log cannot grow: the disk is full',
  },
  LOG_UNAVAILABLE: {
    domain: 'internal',
    retry: 'backoff',
    means: 'the event log cannot be read or written',
  },
  SINK_UNAVAILABLE: {
    domain: 'external',
    retry: 'backoff',
    means: 'ClickHouse did not take or answer',
  },
  AUDIT_UNAVAILABLE: {
    domain: 'external',
    retry: 'backoff',
    means: 'the audit log cannot be written, so nothing is done or shown that must stand in it',
  },
  SINK_REJECTED: {
    domain: 'internal',
    retry: 'never',
    means: 'ClickHouse refused a statement as wrong',
  },
  OWNERSHIP_LOST: {
    domain: 'internal',
    retry: 'never',
    means: 'another worker has the partition now',
  },
  SCHEMA_FOREIGN: {
    domain: 'internal',
    retry: 'never',
    means: 'the database was migrated by a newer or an altered version',
  },
  SNAPSHOT_FOREIGN: { domain: 'internal', retry: 'never', means: 'a snapshot of another state' },
  PSEUDONYMS_CHANGED: {
    domain: 'user',
    retry: 'never',
    means: 'the data know users under other names: of another key, or without pseudonyms',
  },
  PARTITIONS_CHANGED: {
    domain: 'user',
    retry: 'never',
    means: 'the data was written with another number of partitions',
  },
  CONFIGURATION_INVALID: { domain: 'user', retry: 'never', means: 'a setting has a wrong value' },
  KAFKA_UNAVAILABLE: {
    domain: 'external',
    retry: 'backoff',
    means: 'no Kafka broker answered',
  },
  TOPIC_ABSENT: { domain: 'user', retry: 'never', means: 'the Kafka topic is not there' },
  KAFKA_ABSENT: {
    domain: 'user',
    retry: 'never',
    means: 'Kafka is configured, but its client is not installed',
  },
  REGISTRY_UNAVAILABLE: {
    domain: 'external',
    retry: 'backoff',
    means: 'the schema registry did not answer',
  },
  REGISTRY_ABSENT: {
    domain: 'user',
    retry: 'never',
    means: 'a schema registry is configured, but its client is not installed',
  },
  PORT_BUSY: { domain: 'user', retry: 'never', means: 'another program listens on the port' },
  DATA_LOCKED: { domain: 'user', retry: 'never', means: 'another engine uses the data directory' },
  FILE_UNREADABLE: {
    domain: 'user',
    retry: 'never',
    means: 'a file is absent or not in its format',
  },
} as const satisfies Record<string, Meaning>;

export type ErrorCode = keyof typeof errors;

export class EngineError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'EngineError';
    this.code = code;
  }
}
