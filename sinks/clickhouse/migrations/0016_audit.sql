-- Who did what, and who looked at single people: entries of chains, each with the hash of the one before it. Nothing is ever changed or
-- removed. The hash is part of the key, so that of two entries with one number neither hides the other. On the disk before it is told.
CREATE TABLE IF NOT EXISTS audit
(
    chain          String,
    number         UInt64,
    at             DateTime64(3, 'UTC'),
    kind           LowCardinality(String),
    principal_kind LowCardinality(String),
    principal_id   String,
    principal_name String,
    act            LowCardinality(String),
    subject        String,
    reason         String CODEC(ZSTD(1)),
    status         UInt16,
    request        String,
    before         String,
    hash           String,
    INDEX by_time at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (chain, number, hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- What retention has removed of each table, a row a table and run: version = when that was last written.
CREATE TABLE IF NOT EXISTS retention_runs
(
    name     LowCardinality(String),
    began_at DateTime64(3, 'UTC'),
    ended_at DateTime64(3, 'UTC'),
    cut      DateTime64(3, 'UTC'),
    removed  UInt64
)
ENGINE = ReplacingMergeTree(ended_at)
ORDER BY (name, began_at)
TTL toDateTime(began_at) + INTERVAL 1100 DAY;
