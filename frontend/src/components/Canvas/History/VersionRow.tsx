/** One version in the list: its picture, its name or origin, when, and how much changed. */
import { Group, Text, UnstyledButton } from '@mantine/core';
import { IconBookmark, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../i18n';
import type { Version } from '../../../types/history';
import classes from './History.module.css';
import { originOf, titleOfVersion, whenOf } from './versionWords';

interface Props {
  version: Version;
  isNewest: boolean;
  isChosen: boolean;
  onChoose: () => void;
}

export function VersionRow({ version, isNewest, isChosen, onChoose }: Props) {
  const title = titleOfVersion(version);
  const origin = originOf(version);
  return (
    <UnstyledButton className={classes.row} aria-pressed={isChosen} onClick={onChoose}>
      <Thumbnail address={version.thumbnail} />
      <div className={classes.words}>
        <Group gap={4} wrap="nowrap">
          {version.name && <IconBookmark size={14} className={classes.sign} aria-hidden />}
          {version.kind === 'job' && (
            <IconSparkles size={14} className={classes.sign} aria-hidden />
          )}
          <Text size="sm" fw={version.name ? 700 : 500} truncate>
            {title}
          </Text>
        </Group>
        <Text size="xs" c="dimmed" truncate>
          {whenOf(version)}
          {isNewest && ` (${t().history.newest})`}
        </Text>
        <Group gap="xs" wrap="nowrap">
          {title !== origin && (
            <Text size="xs" c="dimmed">
              {origin}
            </Text>
          )}
          <Counts version={version} />
        </Group>
      </div>
    </UnstyledButton>
  );
}

function Counts({ version }: { version: Version }) {
  const { added, changed, removed } = version;
  if (added + changed + removed === 0) return null;
  const words = t().history.counts(added, changed, removed);
  return (
    <Text
      size="xs"
      component="span"
      className={classes.counts}
      title={words}
      aria-label={words}
      role="img"
    >
      {added > 0 && <span data-kind="added">+{added}</span>}
      {changed > 0 && <span data-kind="changed">~{changed}</span>}
      {removed > 0 && <span data-kind="removed">−{removed}</span>}
    </Text>
  );
}

function Thumbnail({ address }: { address: string }) {
  const [missing, setMissing] = useState(false);
  return (
    <span className={classes.thumbnail}>
      {!missing && <img src={address} alt="" loading="lazy" onError={() => setMissing(true)} />}
    </span>
  );
}
