/** Under which name this browser acts: kept in it, sent with every change, shown in the records of what was done. */
import { actorHeader, encodeActor, readActor, unnamedActor } from '../../contracts/actor.ts';

/** In the browser's storage, as JSON. */
export const ownNameKey = 'millrace-name';

/** Whether the engine takes it. */
export function isName(text: string): boolean {
  try {
    return 'name' in readActor(encodeActor(text));
  } catch {
    return false; // half of a surrogate pair
  }
}

/** As headers of a request: none while there is no name that the engine would take. */
export function ownNameHeaders(): Readonly<Record<string, string>> {
  const name = storedName();
  return isName(name) ? { [actorHeader]: encodeActor(name) } : {};
}

/** The name of this browser; without one, that of whoever reaches the engine. */
export function ownName(): string {
  const name = storedName();
  return isName(name) ? name.trim() : unnamedActor;
}

function storedName(): string {
  try {
    const name: unknown = JSON.parse(localStorage.getItem(ownNameKey) ?? '""');
    return typeof name === 'string' ? name : '';
  } catch {
    // Storage is switched off, or somebody else wrote there.
    return '';
  }
}
