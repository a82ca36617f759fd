/** What can be drawn instead of what was refused: a click writes its instruction. */
import { Button, Group, Text } from '@mantine/core';
import { language, t } from '../../i18n';
import type { Refusal } from '../../types/ai';

interface Props {
  refusal: Refusal;
  choose: (instructions: string) => void;
}

export function Suggestions({ refusal, choose }: Props) {
  if (refusal.suggestions.length === 0) return null;
  return (
    <Group gap={6} mt={6}>
      <Text size="xs" c="dimmed">
        {t().jobs.instead}
      </Text>
      {refusal.suggestions.map(({ title, instructions }) => (
        <Button
          key={instructions}
          size="compact-xs"
          variant="light"
          title={instructions}
          {...(refusal.language !== language() && { lang: refusal.language })}
          onClick={() => choose(instructions)}
        >
          {title}
        </Button>
      ))}
    </Group>
  );
}
