-- Alerts as they were: a row a change, never changed. Of two rows of one revision that of a person counts, not the engine's. The
-- newest revision is how the alert is; what is looked for stands beside it.
CREATE TABLE IF NOT EXISTS alerts
(
    id          String,
    revision    UInt32,
    actor       String,
    watch       LowCardinality(String),
    lane        LowCardinality(String),
    key         Array(String),
    state       LowCardinality(String),
    since       DateTime64(3, 'UTC'),
    resolved_at Nullable(DateTime64(3, 'UTC')),
    changed_at  DateTime64(3, 'UTC'),
    sentence    String,
    reason      String,
    alert       String CODEC(ZSTD(1)),
    INDEX by_since since TYPE minmax GRANULARITY 1,
    INDEX by_change changed_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(changed_at)
ORDER BY (id, revision, actor);

-- What was judged: the course of a watch, and up to where it is judged.
CREATE TABLE IF NOT EXISTS watch_readings
(
    watch     LowCardinality(String),
    key       Array(String),
    start     DateTime64(3, 'UTC'),
    end       DateTime64(3, 'UTC'),
    value     Nullable(Float64),
    count     UInt64,
    expected  Nullable(Float64),
    lower     Nullable(Float64),
    upper     Nullable(Float64),
    score     Nullable(Float64),
    p_value   Nullable(Float64),
    verdict   LowCardinality(String),
    judged_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(judged_at)
ORDER BY (watch, end, key, start)
TTL toDateTime(judged_at) + INTERVAL 100 DAY;
