-- Decisions of policies, one row each by where it stands in the log, written again when its reward changes: version = offset of
-- the row that says so.
CREATE TABLE IF NOT EXISTS policy_decisions
(
    pipeline    LowCardinality(String),
    policy      LowCardinality(String),
    partition   UInt16,
    offset      UInt64,
    version     UInt64,
    time        DateTime64(3, 'UTC'),
    user        String,
    decision    String,
    revision    UInt32,
    stage       UInt16,
    action      LowCardinality(String),
    position    UInt16,
    way         LowCardinality(String),
    probability Float64,
    segments    Array(String),
    reward      Nullable(Float64),
    rewarded_at Nullable(DateTime64(3, 'UTC')),
    closed      UInt8,
    INDEX by_time time TYPE minmax GRANULARITY 1,
    INDEX by_user user TYPE bloom_filter GRANULARITY 4
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, policy, partition, offset);

-- What a policy has learnt: absolute sums per partition, version = last contributing offset. Readers add up partitions. `design`
-- tells what the numbers mean; `action` is empty where all actions share one row.
CREATE TABLE IF NOT EXISTS policy_sums
(
    pipeline  LowCardinality(String),
    policy    String,
    action    String,
    design    String,
    partition UInt16,
    version   UInt64,
    sums      Array(Float64) CODEC(ZSTD(1)),
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, policy, action, design, partition);

-- What was not learnt from, and why: absolute counts per partition and hour.
CREATE TABLE IF NOT EXISTS policy_strays
(
    pipeline  LowCardinality(String),
    policy    String,
    kind      LowCardinality(String),
    hour      DateTime64(3, 'UTC'),
    partition UInt16,
    version   UInt64,
    events    UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, policy, kind, hour, partition);
