-- History of results. One row a minute and verdict word: within a minute a newer result takes the place of the older, unless
-- the word has changed. The newest row of an experiment is its present result.
CREATE TABLE IF NOT EXISTS experiment_results
(
    experiment String,
    minute     DateTime64(3, 'UTC'),
    word       LowCardinality(String),
    at         DateTime64(3, 'UTC'),
    revision   UInt32,
    result     String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (experiment, minute, word);

-- The same as a curve: each comparison by the minute.
CREATE TABLE IF NOT EXISTS experiment_course
(
    experiment String,
    metric     String,
    variant    String,
    minute     DateTime64(3, 'UTC'),
    at         DateTime64(3, 'UTC'),
    units      UInt64,
    estimate   Nullable(Float64),
    low        Nullable(Float64),
    high       Nullable(Float64),
    ln_e       Float64
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (experiment, metric, variant, minute);

-- Certificates, each with the hash of the one before it. Nothing is ever changed; of two with one number the chain that goes
-- on tells which one counts.
CREATE TABLE IF NOT EXISTS experiment_certificates
(
    experiment  String,
    number      UInt32,
    hash        String,
    previous    String,
    at          DateTime64(3, 'UTC'),
    certificate String CODEC(ZSTD(3))
)
ENGINE = ReplacingMergeTree
ORDER BY (experiment, number, hash);
