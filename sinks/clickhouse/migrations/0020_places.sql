-- The registry of places as it was: a row a revision, the whole document, never changed. Of two rows of one revision the one with the
-- smaller write id counts. `places` is JSON.
CREATE TABLE IF NOT EXISTS places
(
    revision UInt32,
    write_id String,
    at       DateTime64(3, 'UTC'),
    actor    String,
    reason   String,
    places   String CODEC(ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (revision, write_id);

-- Which place a definition belongs to: the last row of each holds; `level` is empty where it belongs to none. `version` is the time of
-- it, ms since 1970; `stored` that of the database, by which the serving plane finds what is new.
CREATE TABLE IF NOT EXISTS belongings
(
    kind    LowCardinality(String),
    key     String,
    version UInt64,
    level   LowCardinality(String),
    place   String,
    actor   String,
    reason  String,
    stored  DateTime64(3, 'UTC') MATERIALIZED now64(3),
    INDEX by_stored stored TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (kind, key);
