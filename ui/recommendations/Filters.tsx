/** Which recommendations are shown, as the address holds it. */
import { NativeSelect } from '@mantine/core';
import type { Card } from '../../contracts/insight.ts';
import { areaNames, doingNames, type Search } from '../data/search.ts';
import { useView } from '../data/useView.ts';
import { words as common, list as words } from '../words/recommendations.ts';
import { kindName } from './kindName.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

interface ChoiceProps {
  label: string;
  any: string;
  options: readonly Option[];
  value: string | undefined;
  onChange(value: string | undefined): void;
}

function Choice({ label, any, options, value = '', onChange }: ChoiceProps) {
  return (
    <NativeSelect
      aria-label={label}
      data={[{ value: '', label: any }, ...options]}
      value={value}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? undefined : currentTarget.value)
      }
    />
  );
}

export function Filters({ cards }: { cards: readonly Card[] }) {
  const { search, change } = useView();
  const kinds = new Set([
    ...cards.flatMap(({ finding, others }) => [finding, ...others].map(({ kind }) => kind)),
    ...(search.rule === undefined ? [] : [search.rule]),
  ]);
  return (
    <fieldset className="filters">
      <legend className="visually-hidden">{words.filters}</legend>
      <Choice
        label={words.area}
        any={words.anyArea}
        options={areaNames.map((value) => ({ value, label: common.areas[value] }))}
        value={search.area}
        onChange={(area) => change({ area: area as Search['area'] })}
      />
      <Choice
        label={words.doing}
        any={words.anyDoing}
        options={doingNames.map((value) => ({ value, label: words.doings[value] }))}
        value={search.doing}
        onChange={(doing) => change({ doing: doing as Search['doing'] })}
      />
      <Choice
        label={words.rule}
        any={words.anyRule}
        options={[...kinds].sort().map((value) => ({ value, label: kindName(value) }))}
        value={search.rule}
        onChange={(rule) => change({ rule })}
      />
    </fieldset>
  );
}
