/** The instruction panel: beside the canvas on a desktop, a sheet over its lower part on a phone. */
import { ActionIcon, Group, Stack, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../i18n';
import classes from './InstructionPanel.module.css';

interface Props {
  form: ReactNode;
  cards: ReactNode[];
  /** What can be asked about the drawing, where there is one. */
  review?: ReactNode;
  onClose: () => void;
}

export function InstructionPanel({ form, cards, review, onClose }: Props) {
  return (
    <section className={classes.panel} aria-labelledby="instruction-panel-title" data-covers>
      <Group justify="space-between" px="md" pt="sm" pb={4}>
        <Title order={2} size="h5" id="instruction-panel-title">
          {t().canvas.describeIt}
        </Title>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t().canvas.closePanel}
          onClick={onClose}
        >
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <div className={classes.scroll}>
        <Stack px="md" pb="md" gap="md">
          {form}
          {review}
          {cards.length > 0 && (
            <Stack gap="xs">
              <Text size="xs" c="dimmed" component="h3" fw={500}>
                {t().canvas.onThisCanvas}
              </Text>
              {cards}
            </Stack>
          )}
        </Stack>
      </div>
    </section>
  );
}
