/** Server configuration of the embedded ClickHouse: small caches, small pools, no log tables. */

const mebibyte = 1_048_576;

/**
 * Parts that a merge has replaced stay for eight minutes by default, in case a power failure takes the new one: with some
 * inserts a second that is thousands of parts, which every start looks at. Here the new part is on the disk before it
 * replaces them, so they need not stay.
 */
const mergeTree: Record<string, number> = {
  min_compressed_bytes_to_fsync_after_merge: 1,
  old_parts_lifetime: 5,
};

/** Arguments of every session: plain ClickHouse, without the conveniences of `clickhouse local`. */
export const sessionArguments: readonly string[] = ['--implicit_select=0'];

/**
 * The configuration file, as ClickHouse reads it.
 *
 * @param memoryMax bytes that all of ClickHouse together may use
 */
export function configurationXml(memoryMax: number): string {
  const settings: Record<string, number> = {
    max_server_memory_usage: memoryMax,
    mark_cache_size: 64 * mebibyte,
    index_mark_cache_size: 16 * mebibyte,
    primary_index_cache_size: 64 * mebibyte,
    uncompressed_cache_size: 0,
    index_uncompressed_cache_size: 0,
    mmap_cache_size: 0,
    query_condition_cache_size: 8 * mebibyte,
    compiled_expression_cache_size: 8 * mebibyte,
    max_thread_pool_size: 256,
    max_thread_pool_free_size: 8,
    max_io_thread_pool_size: 8,
    max_io_thread_pool_free_size: 0,
    background_pool_size: 1,
    background_common_pool_size: 2,
    background_schedule_pool_size: 2,
    background_move_pool_size: 1,
    background_fetches_pool_size: 1,
    asynchronous_metrics_update_period_s: 60,
    max_outdated_parts_loading_thread_pool_size: 1, // they have time; who starts has not
  };
  const xml = (values: Record<string, number>) =>
    Object.entries(values)
      .map(([name, value]) => `<${name}>${value}</${name}>\n`)
      .join('');
  return `<clickhouse>\n${xml(settings)}<merge_tree>\n${xml(mergeTree)}</merge_tree>\n</clickhouse>\n`;
}
