/** Below a plot: where its time begins and ends, and how much its highest bar stands for. */
import { Group, Text } from '@mantine/core';
import { t } from '../../i18n';

export function Axis({ first, last, most }: { first: string; last: string; most: string }) {
  return (
    <Group justify="space-between" gap="xs" mt={4} wrap="nowrap" aria-hidden>
      {[first, t().jobs.most(most), last].map((text, place) => (
        <Text key={['first', 'most', 'last'][place]} size="xs" c="dimmed">
          {text}
        </Text>
      ))}
    </Group>
  );
}
