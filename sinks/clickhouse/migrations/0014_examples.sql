-- What was known when a prediction was made, with the label that followed: what batch models are trained on. A row stands for `weight`
-- of them: where there are many, a partition keeps a share. `served` is what was answered, by `served_version`; `online` is what the
-- online learner said. Features are those of `feature_version`, in its order; NaN where one is missing.
CREATE TABLE IF NOT EXISTS examples
(
    pipeline        LowCardinality(String),
    model           LowCardinality(String),
    feature_version LowCardinality(String),
    partition       UInt16,
    offset          UInt64 CODEC(Delta, ZSTD(1)),
    time            DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    user            String CODEC(ZSTD(1)),
    features        Array(Float32) CODEC(ZSTD(1)),
    label           Float64 CODEC(ZSTD(1)),
    weight          Float64 CODEC(ZSTD(1)),
    served          Float64,
    online          Float64,
    served_version  LowCardinality(String),
    slices          Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    INDEX by_time time TYPE minmax GRANULARITY 1,
    INDEX by_user user TYPE bloom_filter GRANULARITY 4
)
ENGINE = ReplacingMergeTree
ORDER BY (pipeline, model, feature_version, partition, offset);
