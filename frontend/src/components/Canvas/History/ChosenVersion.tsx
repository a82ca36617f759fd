/** What can be done with the version that is looked at: going back to it, naming it. */
import { Box, Button, Group, Paper } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useState } from 'react';
import type { useVersionActions } from '../../../hooks/useHistory';
import { t } from '../../../i18n';
import type { Version } from '../../../types/history';
import { notify, notifyError, notifyUndoable } from '../../ui/notices';
import { Question } from '../../ui/Question';
import { NameForm } from './NameForm';
import { fullTitleOf } from './versionWords';

interface Props {
  version: Version;
  isNewest: boolean;
  actions: ReturnType<typeof useVersionActions>;
  /** Null: nothing is looked at any more. */
  onChange: (version: Version | null) => void;
}

export function ChosenVersion({ version, isNewest, actions, onChange }: Props) {
  const words = t().history;
  const [doing, setDoing] = useState<'naming' | 'restoring' | null>(null);
  const { restore, name, unname } = actions;
  const done = () => setDoing(null);

  const goBack = () =>
    restore.mutate(version.version, {
      onSuccess: (before) => {
        onChange(null);
        notifyUndoable({
          message: words.restored,
          label: words.undo,
          undo: () =>
            restore.mutate(before, { onSuccess: () => notify(words.undone), onError: notifyError }),
          commit: () => undefined,
        });
      },
      onError: notifyError,
      onSettled: done,
    });

  if (doing === 'restoring') {
    return (
      <Paper withBorder p="sm" mt={4}>
        <Question
          question={words.restoreQuestion(fullTitleOf(version))}
          text={words.restoreText}
          confirm={words.restore}
          busy={restore.isPending}
          onConfirm={goBack}
          onCancel={done}
        />
      </Paper>
    );
  }
  if (doing === 'naming') {
    return (
      <Box px={8} py={4}>
        <NameForm
          label={words.nameOf}
          button={t().app.save}
          initial={version.name ?? ''}
          busy={name.isPending}
          takesFocus
          onSubmit={(given) => {
            const onSuccess = () => onChange({ ...version, name: given });
            name.mutate({ version, name: given }, { onSuccess, onError: notifyError });
            done();
          }}
        />
      </Box>
    );
  }
  return (
    <Group gap="xs" px={8} py={6}>
      {!isNewest && (
        <Button
          size="compact-sm"
          leftSection={<IconRestore size={14} />}
          onClick={() => setDoing('restoring')}
        >
          {words.restore}
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => setDoing('naming')}>
        {version.name ? words.rename : words.name}
      </Button>
      {version.name && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() =>
            unname.mutate(version.version, {
              onSuccess: () => onChange({ ...version, name: null }),
              onError: notifyError,
            })
          }
        >
          {words.unname}
        </Button>
      )}
    </Group>
  );
}
