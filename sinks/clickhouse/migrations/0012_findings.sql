-- What the data plane finds by itself: a key that behaved unlike the others in a window. Each is judged once, when its window has
-- ended; version = last contributing offset. `p_value` is the probability of such a score in the crowd; `figures` is what the key
-- did, `expected` what is usual, `shares` how much of the score each of them explains, 1 in all.
CREATE TABLE IF NOT EXISTS findings
(
    pipeline     LowCardinality(String),
    name         LowCardinality(String),
    key          Array(String),
    window_start DateTime64(3, 'UTC'),
    window_end   DateTime64(3, 'UTC'),
    partition    UInt16,
    version      UInt64,
    score        Float64,
    p_value      Float64,
    figures      Map(LowCardinality(String), Float64),
    expected     Map(LowCardinality(String), Float64),
    shares       Map(LowCardinality(String), Float64)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (pipeline, name, window_start, key, partition);
