import { expect, test } from 'vitest';
import { createSlots } from '../../api/queries/slots.ts';

/** A task that runs until it is told to end. */
function taskOf() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const task = {
    began: false,
    end,
    run: () => {
      task.began = true;
      return ended;
    },
  };
  return task;
}

const { signal } = new AbortController();

test('so many run, so many wait in the order in which they came, and the next is refused', async () => {
  const slots = createSlots(2, 2);
  const tasks = Array.from({ length: 4 }, taskOf);
  const results = tasks.map((task) => slots.run(task.run, signal));
  await expect(slots.run(taskOf().run, signal)).rejects.toMatchObject({ code: 'OVERLOADED' });
  const began = () => tasks.map((task) => task.began);
  expect(began()).toEqual([true, true, false, false]);
  tasks[1]!.end();
  await results[1];
  expect(began()).toEqual([true, true, true, false]);
  for (const task of tasks) task.end();
  await Promise.all(results);
  expect(began()).toEqual([true, true, true, true]);
});

test('a task that fails gives its slot back', async () => {
  const slots = createSlots(1, 1);
  const failing = slots.run(() => Promise.reject(new Error('away')), signal);
  const next = slots.run(async () => 'done', signal);
  await expect(failing).rejects.toThrow('away');
  expect(await next).toBe('done');
  expect(await slots.run(async () => 'again', signal)).toBe('again');
});

test('who leaves while waiting makes room and never runs', async () => {
  const slots = createSlots(1, 1);
  const [first, left, next] = [taskOf(), taskOf(), taskOf()];
  const running = slots.run(first.run, signal);
  const departure = new AbortController();
  const leaving = slots.run(left.run, departure.signal);
  departure.abort();
  await expect(leaving).rejects.toMatchObject({ name: 'AbortError' });
  await expect(slots.run(left.run, departure.signal)).rejects.toMatchObject({ name: 'AbortError' });
  const waiting = slots.run(next.run, signal);
  first.end();
  next.end();
  await Promise.all([running, waiting]);
  expect(left.began).toBe(false);
});
