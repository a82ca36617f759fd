/** The versions of the canvas, newest first, beside what one of them looked like. */
import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { CanvasSession } from '../../../hooks/useCanvasSession';
import { useVersionActions, useVersions, useVersionsLive } from '../../../hooks/useHistory';
import { t } from '../../../i18n';
import type { Version } from '../../../types/history';
import { CenteredLoader } from '../../ui/CenteredLoader';
import { ErrorNote } from '../../ui/ErrorNote';
import { notify, notifyError } from '../../ui/notices';
import panel from '../InstructionPanel.module.css';
import { ChosenVersion } from './ChosenVersion';
import classes from './History.module.css';
import { NameForm } from './NameForm';
import { VersionRow } from './VersionRow';

interface Props {
  canvasId: string;
  session: CanvasSession | null;
  canEdit: boolean;
  chosen: Version | null;
  onChoose: (version: Version | null) => void;
  onClose: () => void;
}

export default function HistoryPanel({
  canvasId,
  session,
  canEdit,
  chosen,
  onChoose,
  onClose,
}: Props) {
  const words = t().history;
  const [named, setNamed] = useState(false);
  const actions = useVersionActions(canvasId);
  useVersionsLive(canvasId, session);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => {
      // The keyboard focus goes back to where it came from.
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const save = (name: string) =>
    actions.save.mutate(name, { onSuccess: () => notify(words.saved(name)), onError: notifyError });
  return (
    <section
      className={`${panel.panel} ${classes.panel}`}
      aria-labelledby="history-title"
      data-covers
    >
      <Group justify="space-between" px="md" pt="sm" pb={4}>
        <Title order={2} size="h5" id="history-title" ref={heading} tabIndex={-1}>
          {t().canvas.history}
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label={words.close} onClick={onClose}>
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <Stack gap="xs" px="md" pb="xs">
        {canEdit && (
          <NameForm
            label={words.saveNow}
            button={words.save}
            busy={actions.save.isPending}
            onSubmit={save}
          />
        )}
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={words.versions}
          data={[
            { value: 'all', label: words.all },
            { value: 'named', label: words.named },
          ]}
          value={named ? 'named' : 'all'}
          onChange={(value) => setNamed(value === 'named')}
        />
      </Stack>
      <div className={panel.scroll}>
        <Versions
          canvasId={canvasId}
          named={named}
          canEdit={canEdit}
          chosen={chosen}
          actions={actions}
          onChoose={onChoose}
        />
      </div>
    </section>
  );
}

interface ListProps extends Pick<Props, 'canvasId' | 'canEdit' | 'chosen' | 'onChoose'> {
  named: boolean;
  actions: ReturnType<typeof useVersionActions>;
}

function Versions({ canvasId, named, canEdit, chosen, actions, onChoose }: ListProps) {
  const words = t().history;
  const { data, isPending, isError, error, refetch, ...more } = useVersions(canvasId, named);
  if (isPending) return <CenteredLoader />;
  if (isError) return <ErrorNote message={error.message} onRetry={() => void refetch()} />;
  const versions = data.pages.flatMap((page) => page.versions);
  if (versions.length === 0) {
    return (
      <Text size="sm" c="dimmed" px="md" py="sm">
        {named ? words.noneNamed : words.none}
      </Text>
    );
  }
  return (
    <Stack gap={2} px={8} pb="md">
      <ul className={classes.list} aria-label={words.versions}>
        {versions.map((version, place) => {
          const isChosen = chosen?.version === version.version;
          const isNewest = !named && place === 0;
          return (
            <li key={version.version}>
              <VersionRow
                version={version}
                isNewest={isNewest}
                isChosen={isChosen}
                onChoose={() => onChoose(isChosen ? null : version)}
              />
              {isChosen && canEdit && (
                <ChosenVersion
                  version={version}
                  isNewest={isNewest}
                  actions={actions}
                  onChange={onChoose}
                />
              )}
            </li>
          );
        })}
      </ul>
      {more.hasNextPage && (
        <Button
          variant="subtle"
          size="xs"
          loading={more.isFetchingNextPage}
          onClick={() => void more.fetchNextPage()}
        >
          {words.showMore}
        </Button>
      )}
    </Stack>
  );
}
