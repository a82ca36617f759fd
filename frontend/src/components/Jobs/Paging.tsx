/** To the newer and the older part of a list. */
import { Button, Group, Text } from '@mantine/core';
import { t } from '../../i18n';

interface Props {
  /** The list's name. */
  label: string;
  page: number;
  hasOlder: boolean;
  onPage: (page: number) => void;
}

export function Paging({ label, page, hasOlder, onPage }: Props) {
  const words = t().jobs;
  return (
    <Group justify="center" component="nav" aria-label={label}>
      <Button variant="default" size="xs" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {words.newer}
      </Button>
      <Text size="sm" c="dimmed" aria-live="polite">
        {words.pageNumber(page + 1)}
      </Text>
      <Button variant="default" size="xs" disabled={!hasOlder} onClick={() => onPage(page + 1)}>
        {words.older}
      </Button>
    </Group>
  );
}
