/** Which alerts are shown, as the address holds it. */
import { NativeSelect } from '@mantine/core';
import type { WatchStanding } from '../../contracts/watchApi.ts';
import { laneNames, type Search, standingNames } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { words as common, list as words } from '../words/anomalies.ts';

interface Props {
  watches: readonly WatchStanding[];
}

export function Filters({ watches }: Props) {
  const { search, change } = useView();
  const named = watches.map(({ watch: { definition } }) => ({
    value: definition.key,
    label: definition.name,
  }));
  const isGone = search.watch !== undefined && !named.some(({ value }) => value === search.watch);
  return (
    <fieldset className="filters">
      <legend className="visually-hidden">{words.filters}</legend>
      <NativeSelect
        aria-label={words.state}
        data={[
          { value: '', label: words.anyState },
          ...standingNames.map((value) => ({ value, label: words.standings[value] })),
        ]}
        value={search.standing ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change({ standing: value === '' ? undefined : (value as Search['standing']) })
        }
      />
      <NativeSelect
        aria-label={words.lane}
        data={[
          { value: '', label: words.anyLane },
          ...laneNames.map((value) => ({ value, label: common.lanes[value] })),
        ]}
        value={search.lane ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change({ lane: value === '' ? undefined : (value as Search['lane']) })
        }
      />
      <NativeSelect
        aria-label={words.watch}
        data={[
          { value: '', label: words.anyWatch },
          ...named,
          ...(isGone ? [{ value: search.watch ?? '', label: search.watch ?? '' }] : []),
        ]}
        value={search.watch ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change({ watch: value === '' ? undefined : value })
        }
      />
      <label className="switch filter-switch">
        <input
          type="checkbox"
          role="switch"
          checked={search.apart === true}
          aria-checked={search.apart === true}
          onChange={({ currentTarget }) =>
            change({ apart: currentTarget.checked ? true : undefined })
          }
        />
        {words.apart}
      </label>
    </fieldset>
  );
}
