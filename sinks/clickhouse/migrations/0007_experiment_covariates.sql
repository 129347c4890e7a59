-- Of metrics that are adjusted: exact sums and cross-products of the figures of scored units (outcome, covariates), in steps of
-- their grids; products as the lower triangle, row by row. Absolute values per partition. The adjustment knows neither period
-- nor segment: a row has none.
CREATE TABLE IF NOT EXISTS experiment_covariates
(
    pipeline   LowCardinality(String),
    experiment String,
    metric     String,
    variant    UInt8,
    stage      UInt16,
    partition  UInt16,
    version    UInt64,
    units      UInt64,
    sums       Array(Int128),
    products   Array(Int128),
    INDEX by_version version TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, experiment, metric, variant, stage, partition);
