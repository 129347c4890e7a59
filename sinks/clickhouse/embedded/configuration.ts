/** Server configuration of the embedded ClickHouse: small caches, small pools, no log tables. */

const mebibyte = 1_048_576;

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
  };
  const lines = Object.entries(settings).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<clickhouse>\n${lines.join('\n')}\n</clickhouse>\n`;
}
