-- What came with a refused record besides its bytes, so that it can be sent again as it was.
ALTER TABLE dead_letters ADD COLUMN IF NOT EXISTS key String;
ALTER TABLE dead_letters ADD COLUMN IF NOT EXISTS headers Array(Tuple(name String, value String));
