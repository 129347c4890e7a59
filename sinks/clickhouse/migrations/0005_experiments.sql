-- Definitions as they were written, one row a revision: nothing is ever changed or removed. `write_id` tells two writers of
-- the same revision apart; the smaller one counts.
CREATE TABLE IF NOT EXISTS experiment_definitions
(
    kind       LowCardinality(String),
    key        String,
    revision   UInt32,
    write_id   String,
    at         DateTime64(3, 'UTC'),
    actor      String,
    reason     String,
    definition String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (kind, key, revision, write_id);

-- Units by their first exposure: absolute values per partition, version = last contributing offset. Readers sum over partitions.
CREATE TABLE IF NOT EXISTS experiment_exposures
(
    pipeline   LowCardinality(String),
    experiment String,
    variant    UInt8,
    stage      UInt16,
    hour       DateTime64(3, 'UTC'),
    partition  UInt16,
    version    UInt64,
    units      UInt64,
    crossed    UInt64,
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, experiment, variant, stage, hour, partition);

-- Outcomes of scored units, by period of the bets and segment ('' for all): bins as pairs of number and units; exact sums of
-- numerator n and denominator d in steps of the metric's scale.
CREATE TABLE IF NOT EXISTS experiment_outcomes
(
    pipeline   LowCardinality(String),
    experiment String,
    metric     String,
    variant    UInt8,
    stage      UInt16,
    period     UInt16,
    segment    String,
    partition  UInt16,
    version    UInt64,
    units      UInt64,
    bins       Array(UInt16),
    counts     Array(UInt32),
    n          Int128,
    d          Int128,
    nn         Int128,
    dd         Int128,
    nd         Int128,
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, experiment, metric, variant, stage, period, segment, partition);

-- The same of whole clusters, where clusters are assigned.
CREATE TABLE IF NOT EXISTS experiment_clusters
(
    pipeline   LowCardinality(String),
    experiment String,
    metric     String,
    variant    UInt8,
    stage      UInt16,
    cluster    String,
    partition  UInt16,
    version    UInt64,
    units      UInt64,
    bins       Array(UInt16),
    counts     Array(UInt32),
    n          Int128,
    d          Int128,
    nn         Int128,
    dd         Int128,
    nd         Int128,
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, experiment, metric, variant, stage, cluster, partition);
