/** A change that is asked for, in words: its title, what it brings about, and what is said when it is done. */
import type { Policy } from '../../contracts/policy.ts';
import { formatShare } from '../format/numbers.ts';
import { spanWords } from '../format/spans.ts';
import { changes as words } from '../words/policyChanges.ts';
import type { Asked } from './asked.ts';
import { type Change, nameOfAction } from './changes.ts';
import { controlWords } from './moves.ts';
import { peopleWords } from './people.ts';

export interface ChangeWords {
  readonly title: string;
  readonly confirm: string;
  readonly consequences: readonly string[];
  readonly done: string;
}

/** @param change undefined while the fields do not say it */
export function changeWords(policy: Policy, asked: Asked, change: Change | undefined): ChangeWords {
  const offered = policy.actions.filter((action) => action.offered).length;
  switch (asked.kind) {
    case 'offer': {
      const name = nameOfAction(policy, asked.action);
      if (asked.offered) return { ...words.on(name), consequences: [words.onText] };
      const alone = offered === 2 ? [words.alone] : [];
      return { ...words.off(name), consequences: [words.offText, ...alone] };
    }
    case 'cap': {
      const name = nameOfAction(policy, asked.action);
      const cap = change?.kind === 'cap' ? change.cap : undefined;
      const text =
        cap === undefined ? words.uncapped : words.capText(cap.times, spanWords(cap.withinMs));
      return { ...words.cap(name), consequences: change === undefined ? [] : [text] };
    }
    case 'pin': {
      const pin = change?.kind === 'pins' ? change.pins.at(-1) : undefined;
      if (pin === undefined) return { ...words.pin(''), consequences: [] };
      const name = nameOfAction(policy, pin.action);
      const who = peopleWords(pin.if);
      return { ...words.pin(name), consequences: [words.pinText(who, name), words.pinLearns] };
    }
    case 'unpin': {
      const pin = policy.pins[asked.index];
      const name = nameOfAction(policy, pin?.action ?? '');
      return { ...words.unpin(name), consequences: [words.unpinText] };
    }
    case 'control': {
      const name = controlWords(policy, asked.control);
      const before = controlWords(policy, policy.control);
      return { ...words.control(name), consequences: [words.controlText(name, before)] };
    }
    case 'holdout': {
      const share = change?.kind === 'holdout' ? change.holdout : policy.holdout;
      const held =
        share === 0
          ? words.holdoutNone
          : words.holdoutText(formatShare(share), controlWords(policy, policy.control));
      return { ...words.holdout(formatShare(share)), consequences: [held] };
    }
    case 'floor': {
      const floor = change?.kind === 'floor' ? change.floor : policy.floor;
      const each = formatShare(offered === 0 ? floor : floor / offered);
      const text = floor === 0 ? words.floorNone : words.floorText(offered, each);
      return { ...words.floor(formatShare(floor)), consequences: [text] };
    }
    case 'algorithm': {
      const { name } = asked.algorithm;
      const chooses = words.algorithmText(name, policy.algorithm.name);
      const consequences = [chooses, words.algorithmLearnt, words.algorithmProof];
      return { ...words.algorithm(name), consequences };
    }
  }
}
