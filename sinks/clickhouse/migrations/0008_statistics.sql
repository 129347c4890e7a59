-- Statistics by key and window: absolute values per partition, version = last contributing offset. Readers merge the states of
-- partitions; `figures` are those of the partition alone, absent where reading them is costly. `window_ms` 0 is one window for
-- all time; `parameters` are those that are not the default. Where `state_version` or `parameters` differ, states are never merged.
CREATE TABLE IF NOT EXISTS statistics
(
    pipeline      LowCardinality(String),
    name          LowCardinality(String),
    statistic     LowCardinality(String),
    state_version UInt16,
    parameters    LowCardinality(String),
    window_ms     UInt64,
    window_start  DateTime64(3, 'UTC'),
    key           Array(String),
    partition     UInt16,
    version       UInt64,
    received_at   DateTime64(3, 'UTC'),
    taken         UInt64,
    refused       UInt64,
    state         String CODEC(ZSTD(1)),
    figures       Map(LowCardinality(String), Float64)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, name, statistic, state_version, parameters, window_ms, window_start, key, partition);
