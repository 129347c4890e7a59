-- Event-level rows: one per accepted event, keyed by where it stands in the log.
CREATE TABLE IF NOT EXISTS events
(
    pipeline    LowCardinality(String),
    partition   UInt16,
    offset      UInt64 CODEC(Delta, ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    time        DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    type        LowCardinality(String),
    user        String,
    item        String,
    value       Nullable(Float64),
    id          String,
    raw         String,
    INDEX by_time time TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, partition, offset);

-- Each prediction beside the outcome that followed it; made before the outcome was learnt. Whose it is, and of what, says the
-- row of `events` with the same pipeline, partition and offset.
CREATE TABLE IF NOT EXISTS predictions
(
    pipeline      LowCardinality(String),
    model         LowCardinality(String),
    model_version LowCardinality(String),
    partition     UInt16,
    offset        UInt64 CODEC(Delta, ZSTD(1)),
    time          DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    probability   Float64,
    label         UInt8
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, model, partition, offset);

-- Events behind the watermark: kept aside, counted, not learnt from.
CREATE TABLE IF NOT EXISTS late_events
(
    pipeline    LowCardinality(String),
    partition   UInt16,
    offset      UInt64,
    received_at DateTime64(3, 'UTC'),
    time        DateTime64(3, 'UTC'),
    watermark   DateTime64(3, 'UTC'),
    type        LowCardinality(String),
    user        String,
    raw         String
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, partition, offset);

-- Refused events with their bytes and the reason.
CREATE TABLE IF NOT EXISTS dead_letters
(
    pipeline    LowCardinality(String),
    partition   UInt16,
    offset      UInt64,
    received_at DateTime64(3, 'UTC'),
    code        LowCardinality(String),
    reason      String,
    bytes       String
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, partition, offset);

-- Windowed summaries: absolute values per partition, version = last contributing offset. Readers sum over partitions.
CREATE TABLE IF NOT EXISTS metrics
(
    pipeline     LowCardinality(String),
    metric       LowCardinality(String),
    segment      String,
    window_start DateTime64(3, 'UTC'),
    window_ms    UInt64,
    partition    UInt16,
    version      UInt64,
    count        UInt64,
    sum          Float64,
    squares      Float64,
    minimum      Float64,
    maximum      Float64,
    bins         Array(Int32),
    counts       Array(UInt32)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, metric, window_ms, window_start, segment, partition);

-- Prequential quality by window: absolute values per partition, all additive.
CREATE TABLE IF NOT EXISTS model_quality
(
    pipeline          LowCardinality(String),
    model             LowCardinality(String),
    model_version     LowCardinality(String),
    window_start      DateTime64(3, 'UTC'),
    window_ms         UInt64,
    partition         UInt16,
    version           UInt64,
    count             UInt64,
    positives         UInt64,
    hits              UInt64,
    log_loss          Float64,
    brier             Float64,
    positives_by_bin  Array(UInt32),
    negatives_by_bin  Array(UInt32),
    predicted_by_bin  Array(Float64)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, model, model_version, window_ms, window_start, partition);

-- State tables and, under table '' and key 'marker', the marker: the only authority on progress. Not partitioned: one
-- insert is one block is one part, so state and marker appear together or not at all.
CREATE TABLE IF NOT EXISTS state
(
    pipeline  LowCardinality(String),
    partition UInt16,
    table     LowCardinality(String),
    key       String,
    version   UInt64,
    deleted   UInt8,
    value     String CODEC(LZ4)
)
ENGINE = ReplacingMergeTree(version, deleted)
ORDER BY (pipeline, partition, table, key);

-- How each epoch went: for the eye, not for recovery.
CREATE TABLE IF NOT EXISTS epochs
(
    pipeline     LowCardinality(String),
    partition    UInt16,
    start_offset UInt64,
    end_offset   UInt64,
    committed_at DateTime64(3, 'UTC'),
    events       UInt64,
    refused      UInt64,
    late         UInt64,
    duplicates   UInt64,
    process_ms   Float64,
    commit_ms    Float64,
    lag_events   UInt64,
    state_keys   Map(LowCardinality(String), UInt64)
)
ENGINE = MergeTree
ORDER BY (pipeline, partition, committed_at)
TTL toDateTime(committed_at) + INTERVAL 30 DAY;
