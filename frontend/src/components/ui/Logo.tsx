/** The product's mark and name. */
import { Group, Text } from '@mantine/core';

export function Logo({ size = 28 }: { size?: number }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src="/favicon.svg" alt="" width={size} height={size} />
      <Text fw={700} fz={size * 0.64} style={{ letterSpacing: '-0.02em' }}>
        CollabCanvas
      </Text>
    </Group>
  );
}
