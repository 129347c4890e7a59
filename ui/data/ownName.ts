/**
 * Under which name this browser acts: shown in the records of what was done. Whoever has signed in acts under the name of the
 * account; on an engine without accounts the browser keeps a name, and sends it with every change.
 */
import { actorHeader, encodeActor, readActor, unnamedActor } from '../../contracts/actor.ts';

/** In the browser's storage, as JSON. */
export const ownNameKey = 'millrace-name';

let signedName: string | undefined;

/** undefined: nobody has signed in. */
export function setSignedName(name: string | undefined): void {
  signedName = name;
}

/** Whether the engine takes it. */
export function isName(text: string): boolean {
  try {
    return 'name' in readActor(encodeActor(text));
  } catch {
    return false; // half of a surrogate pair
  }
}

/** As headers of a request: none while there is no name that the engine would take, or it knows it by itself. */
export function ownNameHeaders(): Readonly<Record<string, string>> {
  if (signedName !== undefined) return {};
  const name = storedName();
  return isName(name) ? { [actorHeader]: encodeActor(name) } : {};
}

/** The name of the account, or of this browser; without one, that of whoever reaches the engine. */
export function ownName(): string {
  if (signedName !== undefined) return signedName;
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
