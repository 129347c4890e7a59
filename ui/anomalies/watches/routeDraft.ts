/** A route as it is typed. */
import type { AlertRoute } from '../../../contracts/watch.ts';

export interface RouteDraft {
  readonly name: string;
  readonly key: string;
  readonly keyTyped: boolean;
  readonly least: AlertRoute['least'];
  readonly isActive: boolean;
  readonly kind: AlertRoute['to']['kind'];
  readonly url: string;
  readonly secretVariable: string;
  /** With commas between. */
  readonly emails: string;
  readonly urlVariable: string;
}

export const blankRoute: RouteDraft = {
  name: '',
  key: '',
  keyTyped: false,
  least: 'low',
  isActive: true,
  kind: 'email',
  url: '',
  secretVariable: '',
  emails: '',
  urlVariable: '',
};

export function routeDraft({ name, key, least, isActive, to }: AlertRoute): RouteDraft {
  return {
    ...blankRoute,
    ...{ name, key, keyTyped: true, least, isActive, kind: to.kind },
    ...(to.kind === 'webhook' ? { url: to.url, secretVariable: to.secretVariable ?? '' } : {}),
    ...(to.kind === 'email' ? { emails: to.to.join(', ') } : {}),
    ...(to.kind === 'chat' ? { urlVariable: to.urlVariable } : {}),
  };
}

/** @returns undefined while something is missing; whether it is sound, the engine says */
export function routeOf(draft: RouteDraft): AlertRoute | undefined {
  const { least, isActive } = draft;
  const to = toOf(draft);
  const [name, key] = [draft.name.trim(), draft.key.trim()];
  return name === '' || key === '' || to === undefined
    ? undefined
    : { key, name, least, isActive, to };
}

function toOf(draft: RouteDraft): AlertRoute['to'] | undefined {
  switch (draft.kind) {
    case 'webhook': {
      const [url, secretVariable] = [draft.url.trim(), draft.secretVariable.trim()];
      if (url === '') return undefined;
      return { kind: 'webhook', url, ...(secretVariable === '' ? {} : { secretVariable }) };
    }
    case 'email': {
      const to = draft.emails
        .split(/[,;\s]+/)
        .map((each) => each.trim())
        .filter((each) => each !== '');
      return to.length === 0 ? undefined : { kind: 'email', to };
    }
    case 'chat': {
      const urlVariable = draft.urlVariable.trim();
      return urlVariable === '' ? undefined : { kind: 'chat', urlVariable };
    }
  }
}
