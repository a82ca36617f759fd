/** A check of what the drawing says, by rules; each finding can be brought into view. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useReview } from '../../hooks/useReview';
import { t } from '../../i18n';
import type { ReviewFinding } from '../../types/api';
import { notifyError } from '../ui/notices';

interface Props {
  canvasId: string;
  show: (ids: ReadonlySet<string>) => void;
}

export function Review({ canvasId, show }: Props) {
  const words = t().review;
  const review = useReview(canvasId);
  const findings = review.data;
  return (
    <Stack gap={6}>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconChecklist size={14} />}
        loading={review.isPending}
        onClick={() => review.mutate(undefined, { onError: notifyError })}
      >
        {words.check}
      </Button>
      <Text size="xs" c="dimmed" role="status">
        {findings && (findings.length === 0 ? words.nothing : words.found(findings.length))}
      </Text>
      {findings?.map((finding) => (
        <Group key={`${finding.rule} ${finding.elements.join()}`} gap={6} wrap="nowrap">
          <Text size="xs" flex={1}>
            {sentence(finding)}
          </Text>
          <Button size="compact-xs" variant="light" onClick={() => show(new Set(finding.elements))}>
            {words.show}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}

const sentence = ({ rule, words }: ReviewFinding) =>
  t().review.rules[rule](words || t().review.wordless);
