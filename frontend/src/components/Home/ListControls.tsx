/** Searching, narrowing and sorting the list of canvases. */
import { Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { t } from '../../i18n';
import { type ListChoice, OWNERS, SORTS } from './canvasList';

interface Props {
  choice: ListChoice;
  onChange: (choice: ListChoice) => void;
}

export function ListControls({ choice, onChange }: Props) {
  const words = t().home;
  return (
    <Group gap="sm" mb="lg">
      <TextInput
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<IconSearch size={16} />}
        value={choice.search}
        style={{ flex: '1 1 220px' }}
        maw={420}
        onChange={({ currentTarget: { value } }) => onChange({ ...choice, search: value })}
      />
      <SegmentedControl
        aria-label={words.whose}
        value={choice.whose}
        data={OWNERS.map((value) => ({ value, label: words[value] }))}
        onChange={(value) =>
          onChange({ ...choice, whose: OWNERS.find((name) => name === value) ?? 'everybodys' })
        }
      />
      <NativeSelect
        aria-label={words.sort}
        value={choice.sort}
        data={SORTS.map((value) => ({ value, label: words.sorts[value] }))}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...choice, sort: SORTS.find((name) => name === value) ?? 'changed' })
        }
      />
    </Group>
  );
}
