-- Who objects to what, as it was told: one row a person, the last one holds; `kinds` is empty where an objection was taken back. `version`
-- is the time of it, ms since 1970; `stored` that of the database, by which the serving plane finds what is new.
CREATE TABLE IF NOT EXISTS objections
(
    user    String,
    version UInt64,
    kinds   Array(LowCardinality(String)),
    actor   String,
    reason  String,
    record  String,
    stored  DateTime64(3, 'UTC') MATERIALIZED now64(3),
    INDEX by_stored stored TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
ORDER BY user;

-- Of the units those whose user objected before all was scored.
ALTER TABLE experiment_exposures ADD COLUMN IF NOT EXISTS objected UInt64;
