/** Places in a real browser: the breadcrumb, whoever is confined, the editor in the settings, and what belongs where. */
import { describe, expect, test } from 'vitest';
import type { PlaceRef } from '../../contracts/place.ts';
import { fakePlaces } from '../support/fakePlaces.ts';
import { isRequired } from '../support/isRequired.ts';
import { overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { eachOnFakeEngine, type OnFakeEngine } from './support/eachOnFakeEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`Places are not tried: ${missing}`);

test.runIf(isRequired('browser'))('what places need is there', () => {
  expect(missing).toBe('');
});

const timeout = 60_000;
const script = '<script>document.title="!"</script>';
const algebra: PlaceRef = { level: 'course', name: 'Algebra' };
const physics: PlaceRef = { level: 'programme', name: 'Physics' };

describe.skipIf(missing !== '')('places', () => {
  let on: OnFakeEngine;
  const open = eachOnFakeEngine(
    browser!,
    (given) => {
      on = given;
    },
    () => ({ places: fakePlaces(Date.now()) }),
  );
  const bar = () => on.page.getByRole('navigation', { name: 'Place', exact: true });
  const crumb = (level: string) => bar().getByRole('button', { name: new RegExp(`^${level}:`) });
  const asked = () => on.engine.requests.splice(0).filter((each) => each.startsWith('GET /v1/'));
  const isSound = async () => {
    for (const scheme of ['light', 'dark'] as const) {
      await setScheme(on.page, scheme);
      expect(await violationsOf(on.page)).toEqual([]);
    }
    await on.page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowOf(on.page)).toBeUndefined();
    expect(await violationsOf(on.page)).toEqual([]);
    await on.page.setViewportSize({ width: 1280, height: 900 });
  };

  test(
    'nothing is said of places where there are none and all may be seen',
    async () => {
      Object.assign(on.engine.places, { places: [], unplaced: [], belongings: [] });
      await open('/experiments/hints');
      expect(await bar().count()).toBe(0);
      expect(await on.page.getByText('Belongs to').count()).toBe(0);
      await on.page.keyboard.press('w');
      expect(asked().filter((each) => each.includes('place='))).toEqual([]);
    },
    timeout,
  );

  test(
    'one is chosen by keys, stands in the address, goes with each question and from page to page',
    async () => {
      const { page } = on;
      await open('/experiments');
      await page.getByRole('heading', { level: 1 }).waitFor();
      // Before, there is nothing to choose from.
      await bar().waitFor();
      const before = await page.locator('.entry').count();
      asked();
      await page.keyboard.press('w');
      const field = page.getByRole('combobox', { name: 'Find an institution' });
      await field.waitFor();
      await page.keyboard.press('Escape');
      await crumb('Course').click();
      await page.getByRole('combobox', { name: 'Find a course' }).fill('alg');
      await page.getByRole('option', { name: 'Algebra' }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/place=course%3AAlgebra/);
      await page.locator('.entry').first().waitFor();
      expect(await bar().textContent()).toBe('North CollegeMathematicsAlgebra');
      await page.waitForFunction(
        (most) => document.querySelectorAll('.entry').length < most,
        before,
      );
      const placed = asked().filter(
        (each) => !/\/v1\/(places|session|health|belongings)/.test(each),
      );
      expect(placed.length).toBeGreaterThan(0);
      const free = placed.filter((each) => !each.includes('place=course%3AAlgebra'));
      // What definitions are made of is the same everywhere, and the line is of the whole engine.
      expect(free.filter((each) => !/experiment-metrics|\/live/.test(each))).toEqual([]);
      const focused = page.locator('.place-button:focus');
      expect(await focused.getAttribute('aria-label')).toBe('Course: Algebra');
      await page.keyboard.press('g');
      await page.keyboard.press('m');
      await page.waitForURL(/\/models\?.*place=course%3AAlgebra/);
      await crumb('Programme').click();
      await page.getByRole('option', { name: 'All programmes' }).click();
      await page.waitForURL(/place=institution%3ANorth/);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Find a page/ }).fill('go to course optics');
      await page.keyboard.press('Enter');
      await page.waitForURL(/place=course%3AOptics/);
      await page.goBack();
      await page.goForward();
      await isSound();
      await crumb('Course').click();
      await page.getByRole('combobox', { name: 'Find a course' }).waitFor();
      expect(await violationsOf(page)).toEqual([]);
    },
    timeout,
  );

  test(
    'an answer about one place is never shown for another, however late it comes',
    async () => {
      const { page } = on;
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route(/\/v1\/experiments\?place=course%3AAlgebra/, async (route) => {
        await held;
        await route.continue().catch(() => {});
      });
      await open('/experiments?place=institution%3ASouth University');
      await page.getByText('No experiment').first().waitFor();
      await crumb('Institution').click();
      await page.getByRole('option', { name: 'All institutions' }).click();
      await page.locator('.entry').first().waitFor();
      await crumb('Course').click();
      await page.getByRole('option', { name: 'Algebra' }).click();
      await page.waitForURL(/Algebra/);
      // Nothing of everywhere stands there while Algebra has not been answered.
      expect(await page.locator('.entry').count()).toBe(0);
      await crumb('Programme').click();
      await page.getByRole('option', { name: 'Physics' }).click();
      await page.getByText('No experiment').first().waitFor();
      release();
      await page.waitForURL(/Physics/);
      await page.getByText('No experiment').first().waitFor();
      expect(await page.locator('.entry').count()).toBe(0);
    },
    timeout,
  );

  test(
    'whoever is confined begins in their place, sees no other, and cannot widen it',
    async () => {
      const { page, engine } = on;
      engine.places.reader = { role: 'operator', own: [physics] };
      await open('/experiments');
      await page.waitForURL(/place=programme%3APhysics/);
      await bar().waitFor();
      expect(await bar().textContent()).toBe('North CollegePhysicsAll courses');
      expect(await crumb('Institution').count()).toBe(0);
      expect(await crumb('Programme').count()).toBe(0);
      await crumb('Course').click();
      const options = page.getByRole('option');
      expect(await options.allTextContents()).toEqual(['All courses', 'Mechanics', 'Optics']);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Find a page/ }).fill('go to');
      await page.getByRole('option', { name: 'Go to course Optics' }).waitFor();
      expect(await page.getByRole('option', { name: /Algebra|everywhere/ }).count()).toBe(0);
      await page.keyboard.press('Escape');
      await open('/experiments?place=course%3AAlgebra');
      await page.getByText('This place is not one of yours', { exact: true }).waitFor();
      await isSound();
      await page.getByRole('button', { name: 'Go to Physics' }).click();
      await page.waitForURL(/place=programme%3APhysics/);
      await page.getByText('No experiment').first().waitFor();
      const create = page.getByRole('button', { name: 'New experiment' }).first();
      expect(await create.getAttribute('aria-disabled')).toBe('true');
      await create.hover();
      await page.getByRole('tooltip').filter({ hasText: 'This is for all places' }).waitFor();
      expect(await page.locator('.live-badge').textContent()).toContain('Not live here');
      expect(await page.locator('.live-banner').count()).toBe(0);
    },
    timeout,
  );

  test(
    'what is told of the whole engine says so calmly, and leads back',
    async () => {
      const { page, engine } = on;
      for (const path of ['/pipelines', '/drift', '/retraining']) {
        await open(`${path}?place=course%3AAlgebra`);
        await page.getByText('This is told of the whole engine').first().waitFor();
        expect(await page.getByRole('alert').count()).toBe(0);
        expect(await page.locator('.live-lost').count()).toBe(0);
      }
      await open('/pipelines?place=course%3AAlgebra');
      await isSound();
      await page.getByRole('button', { name: 'Show everywhere' }).click();
      await page.waitForURL((url) => !url.search.includes('place'));
      await page.getByText('No pipeline runs').first().waitFor();
      engine.places.reader = { role: 'viewer', own: [physics] };
      await open('/pipelines');
      await page.getByText('An administrator can give your account more places').waitFor();
      expect(await page.getByRole('button', { name: 'Show everywhere' }).count()).toBe(0);
      expect(await page.locator('.rail a').count()).toBe(10);
      await open('/settings/places');
      await page.getByText('Places are changed by whoever is allowed everywhere.').waitFor();
      await page.getByText('Physics').last().waitFor();
      expect(await page.getByRole('button', { name: /^Change / }).count()).toBe(0);
      engine.places.reader = { role: 'viewer', own: [{ level: 'course', name: 'Gone' }] };
      await open('/experiments?place=course%3AGone');
      await page.getByText('Your places are not registered yet', { exact: true }).waitFor();
    },
    timeout,
  );

  test(
    'an unknown place of an address is said to be none',
    async () => {
      await open(`/experiments?place=${encodeURIComponent(`course:${script}`)}`);
      await on.page.getByText(`There is no course “${script}”`, { exact: true }).waitFor();
      await on.page.getByRole('button', { name: 'Show everywhere' }).click();
      await on.page.locator('.entry').first().waitFor();
      expect(await on.page.title()).not.toBe('!');
    },
    timeout,
  );

  test(
    'the editor adds, moves, puts and removes as a draft, saves with a reason, and takes it back',
    async () => {
      const { page, engine } = on;
      const { places: before } = engine.places;
      await open('/settings/places');
      await page.getByText('2 institutions, 4 programmes and 8 courses are registered.').waitFor();
      await page.getByRole('button', { name: 'New institution …' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('North College');
      await page.getByText('Another institution has this name').waitFor();
      await page.getByRole('textbox', { name: 'Name' }).fill(script);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await page.getByRole('button', { name: 'Change South University' }).click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await page.getByRole('button', { name: 'Put Botany into a programme' }).click();
      await page.getByRole('combobox', { name: 'Programme' }).fill('nowhere');
      await page.getByText('There is no such place: choose one of the list.').waitFor();
      await page.getByRole('combobox', { name: 'Programme' }).fill('North College ▸ Physics');
      await page.getByRole('button', { name: 'Put it there' }).click();
      await page.getByText('8 changes not saved yet').waitFor();
      await page.getByText('New course Botany, in Physics').waitFor();
      expect(await page.getByRole('button', { name: 'Put Botany into a programme' }).count()).toBe(
        0,
      );
      await isSound();
      await page.reload();
      await page.getByText('8 changes not saved yet').waitFor();
      await page.getByRole('button', { name: 'Save …' }).click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Say why').waitFor();
      await page.getByLabel('Reason').fill('A new year');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('8 changes are saved.').waitFor();
      expect(engine.places.places.map(({ name }) => name)).toContain(script);
      expect(await page.title()).not.toBe('!');
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('8 changes are saved.').waitFor({ state: 'detached' });
      expect(engine.places.places).toEqual(before);
    },
    timeout,
  );

  test(
    'what somebody else has saved meanwhile stays, and the own change is put on it',
    async () => {
      const { page, engine } = on;
      await open('/settings/places');
      await page.getByRole('button', { name: 'Show what lies in North College' }).click();
      await page.getByRole('button', { name: 'Change Physics' }).click();
      await page.getByRole('menuitem', { name: 'Rename …' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('Nature');
      await page.getByRole('button', { name: 'Rename', exact: true }).click();
      await page.getByRole('button', { name: 'Save …' }).click();
      engine.places.places = [
        ...engine.places.places,
        { level: 'institution', name: 'East', parent: null },
      ];
      engine.places.revision += 1;
      await page.getByLabel('Reason').fill('Its new name');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText('Somebody has changed it meanwhile').waitFor();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(/are saved\./).waitFor();
      const names = engine.places.places.map(({ name }) => name);
      expect(names).toContain('East');
      expect(names).toContain('Nature');
      expect(names).not.toContain('Physics');
    },
    timeout,
  );

  test(
    'a file is shown before it is taken, and its mistakes are named by line',
    async () => {
      const { page, engine } = on;
      await open('/settings/places');
      await page.getByRole('button', { name: 'From a file …' }).click();
      const field = page.getByLabel('File', { exact: true });
      const give = (text: string) =>
        field.setInputFiles({
          ...{ name: 'places.csv', mimeType: 'text/csv' },
          buffer: Buffer.from(text),
        });
      const take = page.getByRole('button', { name: 'Take them' });
      await give(`North,Maths,${'x'.repeat(10_000_000)}`);
      await page.getByText('The file has 10 MB; at most 4 MB are read.').waitFor();
      await give(`North,Maths,\nNorth,Maths,${'x'.repeat(300)}\nNorth,,${script}\nSouth,Maths,`);
      await page.getByText('3 lines cannot be taken').waitFor();
      await page.getByText('Line 4: “Maths” lies elsewhere').waitFor();
      expect(await take.isDisabled()).toBe(true);
      expect(await violationsOf(page)).toEqual([]);
      await give('institution,programme,course\nNorth College,Physics,Optics\n');
      await page.getByText('All of them are registered like this already.').waitFor();
      expect(await take.isDisabled()).toBe(true);
      await give('North College;Physics;Algebra\nNorth College;Physics;Botany\n');
      await page.getByText('The course Algebra moves to Physics').waitFor();
      await page.getByText('New course Botany, in Physics').waitFor();
      await take.click();
      await page.getByText('2 changes not saved yet').waitFor();
      expect(engine.places.revision).toBe(3);
    },
    timeout,
  );

  test(
    'who may not change places sees how, and why not',
    async () => {
      on.engine.places.reader = { role: 'viewer', own: 'everywhere' };
      await open('/settings/places');
      const button = on.page.getByRole('button', { name: 'New institution …' });
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      await button.hover();
      await on.page.getByRole('tooltip').getByText('permission to administer').waitFor();
      await open('/experiments/hints');
      const change = on.page.getByRole('button', { name: 'Change the place of this experiment' });
      expect(await change.getAttribute('aria-disabled')).toBe('true');
    },
    timeout,
  );

  test(
    'where an experiment belongs stands in its head, and is changed there',
    async () => {
      const { page, engine } = on;
      await open('/experiments/hints');
      await page.getByText('Belongs to North College ▸ Mathematics ▸ Algebra').waitFor();
      await page.getByRole('button', { name: 'Change the place of this experiment' }).click();
      await page
        .getByRole('combobox', { name: 'Place', exact: true })
        .fill('North College ▸ Physics');
      await page.getByLabel('Reason').fill('It is about all of physics');
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await page.getByText('Belongs to North College ▸ Physics').waitFor();
      expect(engine.places.belongings.find(({ key }) => key === 'hints')?.place).toEqual(physics);
      for (const path of ['/personalization/tutor', '/models/watch/dropout']) {
        await open(path);
        await page.getByText('Belongs to no place').waitFor();
      }
      await open(`/experiments/hints?place=course%3A${algebra.name}`);
      await page.getByText('It may lie elsewhere: you look at Algebra.').waitFor();
    },
    timeout,
  );
});
