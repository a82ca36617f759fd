/** How the client looks and which language it speaks, on this device. */
import { NativeSelect, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { useLanguage } from '../../hooks/useLanguage';
import { LANGUAGES, t, type Language } from '../../i18n';
import { notifyError } from '../ui/notices';

const isLanguage = (value: string): value is Language => value in LANGUAGES;
const SCHEMES = ['auto', 'light', 'dark'] as const;

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { chosen, choose } = useLanguage();
  const words = t().settings;
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
  return (
    <Stack gap="md" align="flex-start">
      <div>
        <Text size="sm" fw={500} mb={4} id="theme-label">
          {words.theme}
        </Text>
        <SegmentedControl
          aria-labelledby="theme-label"
          value={colorScheme}
          onChange={(value) => setColorScheme(SCHEMES.find((name) => name === value) ?? 'auto')}
          data={SCHEMES.map((value) => ({ value, label: words.themes[value] }))}
        />
      </div>
      <NativeSelect
        label={words.language}
        value={chosen ?? ''}
        data={[{ value: '', label: words.likeBrowser }, ...languages]}
        onChange={({ currentTarget: { value } }) => {
          choose(isLanguage(value) ? value : null).catch(notifyError);
        }}
      />
    </Stack>
  );
}
