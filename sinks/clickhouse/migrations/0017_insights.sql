-- Recommendations as they were: a row a change, never changed. Of two rows of one revision that of a person counts, not the engine's.
-- The newest revision is how the card is; what is looked for and counted stands beside it.
CREATE TABLE IF NOT EXISTS insights
(
    id            String,
    revision      UInt32,
    actor         String,
    subject       String,
    area          LowCardinality(String),
    kind          LowCardinality(String),
    state         LowCardinality(String),
    accepted_kind LowCardinality(String),
    verdict       LowCardinality(String),
    useful        UInt32,
    not_useful    UInt32,
    made_at       DateTime64(3, 'UTC'),
    changed_at    DateTime64(3, 'UTC'),
    sentence      String,
    note          String,
    card          String CODEC(ZSTD(1)),
    INDEX by_change changed_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(changed_at)
ORDER BY (id, revision, actor);

-- The book of tests: of each kind and subject the newest test and to which card it belongs; in the row without either, what the
-- levels of the next tests follow from. One insert is one block, so both are there or neither is.
CREATE TABLE IF NOT EXISTS insight_tests
(
    kind       LowCardinality(String),
    subject    String,
    version    UInt64,
    changed_at DateTime64(3, 'UTC'),
    record     String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (kind, subject);
