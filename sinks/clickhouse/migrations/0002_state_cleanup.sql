-- Deleted keys leave the table: a merge of the whole of it drops them, once no row has come for an hour (decision 7).
ALTER TABLE state MODIFY SETTING
    allow_experimental_replacing_merge_with_cleanup = 1,
    enable_replacing_merge_with_cleanup_for_min_age_to_force_merge = 1,
    min_age_to_force_merge_on_partition_only = 1,
    min_age_to_force_merge_seconds = 3600;
