/** Theme: as the system, light, dark, in turn. */
import { ActionIcon, useMantineColorScheme } from '@mantine/core';
import { AutoIcon, MoonIcon, SunIcon } from '../parts/Icons.tsx';
import { messages } from '../words/shell.ts';

const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const icons = { auto: AutoIcon, light: SunIcon, dark: MoonIcon };

export function ThemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = icons[colorScheme];
  const label = messages.shell.theme[colorScheme];
  return (
    <ActionIcon
      variant="subtle"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(next[colorScheme])}
    >
      <Icon />
    </ActionIcon>
  );
}
