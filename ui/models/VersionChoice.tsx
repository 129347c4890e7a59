/** Which version is looked at: the newest that predicted, or one of those that have served. */
import { NativeSelect } from '@mantine/core';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { useView } from '../data/useView.ts';
import { servedMs } from '../versions/traffic.ts';
import { course as words } from '../words/models.ts';

interface Props {
  life: ModelLife;
  /** That is shown. */
  version: string;
}

export function VersionChoice({ life, version }: Props) {
  const { search, change } = useView();
  const chosen = search.version ?? '';
  const names = life.versions
    .map((each) => each.version)
    .filter((name) => servedMs(life.served, name, Date.now()) > 0 || name === chosen);
  return (
    <NativeSelect
      size="xs"
      label={words.version}
      data={[
        { value: '', label: `${words.newestVersion}${chosen === '' ? ` (${version})` : ''}` },
        ...names.map((name) => ({ value: name, label: name })),
      ]}
      value={chosen}
      onChange={({ currentTarget }) => change({ version: currentTarget.value || undefined })}
    />
  );
}
