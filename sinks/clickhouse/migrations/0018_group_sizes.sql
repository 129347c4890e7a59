-- How many users the rows of a figure are of, so that small groups are not shown: `people` is exact below 32, 32 stands for so many
-- or more, and 0 is not known, as in rows of before; `users` are their hashes while they are fewer than 32. `watermark` is that
-- of the partition before the last event of the row: windows that end by then are as they will stay once the row is there.
ALTER TABLE metrics ADD COLUMN IF NOT EXISTS people UInt16;
ALTER TABLE metrics ADD COLUMN IF NOT EXISTS users Array(UInt32);
ALTER TABLE metrics ADD COLUMN IF NOT EXISTS watermark DateTime64(3, 'UTC');
ALTER TABLE model_quality ADD COLUMN IF NOT EXISTS people UInt16;
ALTER TABLE model_quality ADD COLUMN IF NOT EXISTS users Array(UInt32);
ALTER TABLE model_quality ADD COLUMN IF NOT EXISTS watermark DateTime64(3, 'UTC');
ALTER TABLE statistics ADD COLUMN IF NOT EXISTS people UInt16;
ALTER TABLE statistics ADD COLUMN IF NOT EXISTS users Array(UInt32);
ALTER TABLE statistics ADD COLUMN IF NOT EXISTS watermark DateTime64(3, 'UTC');
