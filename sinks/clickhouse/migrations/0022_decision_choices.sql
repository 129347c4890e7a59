-- Of how many actions a decision chose (0: not known), and how many of these were as probable as the most probable one, this one among
-- them (0: it was not): what reports compare with, without reading the events again.
ALTER TABLE policy_decisions
    ADD COLUMN IF NOT EXISTS choices UInt16,
    ADD COLUMN IF NOT EXISTS likeliest UInt16;
