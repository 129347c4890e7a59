/** Whether a suite must run here instead of being skipped, as in CI: MILLRACE_TESTS_REQUIRE lists such suites. */
export function isRequired(suite: string): boolean {
  return (process.env['MILLRACE_TESTS_REQUIRE'] ?? '').split(',').includes(suite);
}
