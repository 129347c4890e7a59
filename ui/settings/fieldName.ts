/** What a field of a request is called on the page. */
import { accounts } from '../words/settings.ts';

export function fieldName(field: string): string | undefined {
  return accounts.fields[field.split('.')[0] ?? ''];
}
