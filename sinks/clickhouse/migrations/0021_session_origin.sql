-- From where somebody signed in, by which they know their sessions apart: the address (of IPv6 the first half), and browser and system in
-- words, not what the browser says of itself. They leave with the row.
ALTER TABLE sessions
    ADD COLUMN IF NOT EXISTS address String,
    ADD COLUMN IF NOT EXISTS browser LowCardinality(String),
    ADD COLUMN IF NOT EXISTS system  LowCardinality(String);
