/** What nobody types by mistake, in every field that is open. */
import type { Page } from 'playwright-core';

/** Run anywhere, it would leave a trace. */
export const script = '<script>window.stolen=1</script><img src=x onerror="window.stolen=1">{{1}}';
/** 10 MB. */
export const long = 'x'.repeat(10_000_000);

const fields =
  'input:not([type]), input[type=text], input[type=search], input[type=url], input[type=email], input[type=password], textarea';

/** Types it in by hand. @returns how many fields took it */
export async function fieldsTake(page: Page, text: string): Promise<number> {
  let taken = 0;
  for (const field of await page.locator(fields).all()) {
    if (!(await field.isVisible()) || !(await field.isEditable())) continue;
    await field.fill(text);
    taken += 1;
  }
  return taken;
}

/** Without typing, past what a field would take: in the first, which is mostly a name. */
export async function giveFirst(page: Page, text: string): Promise<void> {
  await page.evaluate(
    ([selector, given]) => {
      const field = [...document.querySelectorAll<HTMLInputElement>(selector!)].find(
        (each) => !each.readOnly && !each.disabled && each.offsetParent !== null,
      );
      if (field === undefined) return;
      const owner = field.tagName === 'INPUT' ? HTMLInputElement : HTMLTextAreaElement;
      Object.getOwnPropertyDescriptor(owner.prototype, 'value')!.set!.call(field, given);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    [fields, text] as const,
  );
}
