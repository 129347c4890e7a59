-- Dead letters that were sent in again and accepted: so that none is sent twice unless that is asked for.
CREATE TABLE IF NOT EXISTS dead_letter_replays
(
    pipeline    LowCardinality(String),
    partition   UInt16,
    offset      UInt64,
    replayed_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(replayed_at)
ORDER BY (pipeline, partition, offset);
