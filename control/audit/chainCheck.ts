/**
 * Checks whether the chains of an audit log are whole, entry by entry, in memory that grows with the chains alone.
 *
 * What it cannot see: that a whole chain was written anew, hashes and all, where no later chain names it and nobody noted its head.
 */
import type { AuditCheck, StoredAuditEntry } from '../../contracts/auditApi.ts';
import { type ChainHead, chainStart, hashOf, headsNamedBy } from './auditChain.ts';
import { type HeadsNote, hashOfHeads, noteText } from './headsNote.ts';

export interface ChainCheckOptions {
  /** Heads are noted up to here, ms since 1970: what is younger may still be on its way. */
  readonly instant: number;
  /** Written down earlier. */
  readonly noted?: HeadsNote | undefined;
  /** Heads that the engine itself remembers to have written. */
  readonly remembered?: readonly ChainHead[];
}

export interface CheckedChains extends AuditCheck {
  /** How the noted heads are not as they were; undefined where they are, or none were noted. */
  readonly difference: string | undefined;
}

export interface ChainCheck {
  /** Entries so far. */
  readonly entries: number;
  /** The first entries of all chains come before the others; then those of a chain in the order of their numbers. */
  take(entry: StoredAuditEntry): void;
  read(): CheckedChains;
}

interface Chain {
  /** The newest entry. */
  head: ChainHead;
  broken?: { readonly number: number; readonly sentence: string };
  /** Head and entries at each of the instants. */
  readonly until: { head?: ChainHead; entries: number }[];
  /** Entries that somebody names and that have not come by yet, by number. */
  readonly named: Map<number, { readonly hash: string; readonly by: string }>;
}

export function createChainCheck({
  instant,
  noted,
  remembered = [],
}: ChainCheckOptions): ChainCheck {
  const instants = [instant, ...(noted === undefined ? [] : [noted.instant])];
  const chains = new Map<string, Chain>();
  let entries = 0;

  function chainOf(chain: string): Chain {
    const known = chains.get(chain);
    if (known !== undefined) return known;
    const head = { chain, number: -1, hash: chainStart };
    const made: Chain = { head, until: instants.map(() => ({ entries: 0 })), named: new Map() };
    chains.set(chain, made);
    return made;
  }

  function name({ chain, number, hash }: ChainHead, by: string): void {
    const other = chainOf(chain);
    other.named.set(number, { hash, by });
    if (other.head.number === number) compareNamed(other, other.head);
  }

  function compareNamed(chain: Chain, { number, hash }: ChainHead): void {
    const named = chain.named.get(number);
    if (named === undefined) return;
    chain.named.delete(number);
    if (named.hash === hash) return;
    chain.broken ??= {
      number,
      sentence: `Entry ${number} is another than the one that ${named.by} names.`,
    };
  }

  /** What is named and never came. */
  function findCut(chain: Chain): void {
    const [number, lost] = [...chain.named].sort(([a], [b]) => a - b)[0] ?? [];
    if (lost === undefined || chain.broken !== undefined) return;
    const { number: last } = chain.head;
    const what = last < 0 ? 'The whole chain is gone' : `Cut off behind entry ${last}`;
    chain.broken = { number: last + 1, sentence: `${what}: ${lost.by} names entry ${number}.` };
  }

  for (const head of remembered) name(head, 'the engine');

  return {
    get entries() {
      return entries;
    },

    take(entry) {
      const { number, hash, at } = entry;
      const chain = chainOf(entry.chain);
      const { head } = chain;
      // Sent again when it was in doubt: the same entry.
      if (head.number === number && head.hash === hash) return;
      entries += 1;
      const sentence = problemOf(entry, head);
      if (sentence !== undefined) {
        chain.broken ??= { number: Math.min(number, head.number + 1), sentence };
      }
      chain.head = { chain: entry.chain, number, hash };
      for (const [i, until] of chain.until.entries()) {
        if (at > instants[i]!) continue;
        until.head = chain.head;
        until.entries += 1;
      }
      compareNamed(chain, chain.head);
      for (const named of headsNamedBy(entry)) name(named, `chain ${entry.chain}`);
    },

    read() {
      for (const chain of chains.values()) findCut(chain);
      const notes = instants.map((at, i) => noteAt([...chains.values()], at, i));
      const broken = [...chains].flatMap(([chain, each]) =>
        each.broken === undefined ? [] : [{ chain, ...each.broken }],
      );
      const differs = noted === undefined ? undefined : differenceFrom(noted, notes[1]!);
      return {
        ...{ entries, chains: chains.size, broken, heads: noteText(notes[0]!) },
        sentence: sentenceOf(entries, chains.size, broken.length, noted, differs),
        difference: differs,
      };
    },
  };
}

/** How an entry does not follow from the one before; undefined where it does. */
function problemOf(entry: StoredAuditEntry, head: ChainHead): string | undefined {
  const { number, before, hash } = entry;
  if (number === head.number) return `There are two entries of number ${number}.`;
  if (number < head.number) return `Entry ${number} comes behind entry ${head.number}.`;
  if (number > head.number + 1) {
    const last = number - 1;
    const first = head.number + 1;
    return first === last
      ? `Entry ${first} is missing.`
      : `Entries ${first} to ${last} are missing.`;
  }
  if (before !== head.hash) {
    return number === 0
      ? 'The first entry claims to follow another.'
      : `Entry ${number} does not follow from entry ${head.number} as it is now.`;
  }
  if (computed(entry) !== hash) return `Entry ${number} was changed: it no longer has its hash.`;
  return undefined;
}

/** What canonical JSON cannot hold was never written by the engine. */
function computed(entry: StoredAuditEntry): string | undefined {
  try {
    return hashOf(entry.before, entry);
  } catch {
    return undefined;
  }
}

function noteAt(chains: readonly Chain[], instant: number, i: number): HeadsNote {
  const heads = chains.flatMap(({ until }) => until[i]!.head ?? []);
  const entries = chains.reduce((sum, { until }) => sum + until[i]!.entries, 0);
  return { instant, entries, hash: hashOfHeads(heads) };
}

function differenceFrom(noted: HeadsNote, found: HeadsNote): string | undefined {
  if (noted.hash === found.hash && noted.entries === found.entries) return undefined;
  const gone = noted.entries - found.entries;
  if (gone > 0) return `${countOf(gone)} of the ${noted.entries} noted are gone`;
  if (gone < 0) return `${countOf(-gone)} more than noted are as old`;
  return 'they are others than were noted';
}

function countOf(entries: number): string {
  return entries === 1 ? '1 entry' : `${entries.toLocaleString('en')} entries`;
}

function sentenceOf(
  entries: number,
  chains: number,
  broken: number,
  noted: HeadsNote | undefined,
  differs: string | undefined,
): string {
  const all = `${countOf(entries)} in ${chains === 1 ? '1 chain' : `${chains} chains`}`;
  const parts = [
    broken > 0
      ? `${all}: ${broken === 1 ? '1 chain is' : `${broken} chains are`} broken.`
      : `${all}: each follows from the one before.`,
  ];
  if (noted !== undefined) {
    parts.push(
      differs === undefined
        ? 'The noted heads are among them.'
        : `The noted heads are not as they were: ${differs}.`,
    );
  }
  return parts.join(' ');
}
