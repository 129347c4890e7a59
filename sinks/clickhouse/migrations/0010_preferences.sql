-- What is learnt of each user's liking: sums as they weigh at `time`, absolute for the partition and for the learning that began at
-- `since` (1 + offset); readers add up what has begun behind the last erasure. version = last contributing offset.
CREATE TABLE IF NOT EXISTS user_preferences
(
    pipeline    LowCardinality(String),
    user        String,
    preference  LowCardinality(String),
    partition   UInt16,
    since       UInt64,
    version     UInt64,
    erased      UInt8,
    time        DateTime64(3, 'UTC'),
    events      UInt32,
    names       Array(LowCardinality(String)),
    weights     Array(Float64) CODEC(ZSTD(1)),
    sums        Array(Float64) CODEC(ZSTD(1)),
    times       Array(DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    seen        Array(Float64) CODEC(ZSTD(1)),
    rest_weight Float64,
    rest_sum    Float64,
    INDEX by_version (partition, version) TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, user, preference, partition, since);

-- The same of all users together: absolute sums per partition, version = last contributing offset. `kind` is whole, signal or
-- value, `name` which of them. Readers add up partitions, faded to one landmark of the half-life.
CREATE TABLE IF NOT EXISTS preference_sums
(
    pipeline     LowCardinality(String),
    preference   LowCardinality(String),
    kind         LowCardinality(String),
    name         String,
    partition    UInt16,
    version      UInt64,
    half_life_ms UInt64,
    seen_half_life_ms UInt64,
    sums         Array(Float64) CODEC(ZSTD(1)),
    INDEX by_version (partition, version) TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, preference, kind, name, partition);
