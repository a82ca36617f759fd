/** A version over the canvas, to look at: as it was, and what changed in it. */
import { ActionIcon, Group, Switch, Text } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useVersionScene } from '../../../hooks/useHistory';
import type { Images } from '../../../hooks/useImages';
import { t } from '../../../i18n';
import { diffScenes, type SceneDiff } from '../../../sync/sceneDiff';
import type { Version } from '../../../types/history';
import type { SceneElement } from '../../../types/protocol';
import { CenteredLoader } from '../../ui/CenteredLoader';
import { ErrorNote } from '../../ui/ErrorNote';
import { drawScene, type Drawing } from './drawScene';
import { usePanZoom } from './usePanZoom';
import classes from './VersionPreview.module.css';
import { fullTitleOf } from './versionWords';

interface Props {
  canvasId: string;
  version: Version;
  theme: 'light' | 'dark';
  images: Images | null;
  showsChanges: boolean;
  onShowChanges: (show: boolean) => void;
  onClose: () => void;
}

export default function VersionPreview(props: Props) {
  const { canvasId, version, theme, images, showsChanges, onShowChanges, onClose } = props;
  const words = t().history;
  const title = fullTitleOf(version);
  const comparable = version.changes > 0;
  const compares = comparable && showsChanges;
  const scene = useVersionScene(canvasId, version.version);
  const before = useVersionScene(canvasId, compares ? version.version - version.changes : null);
  const diff = useMemo(
    () => (compares && scene.data && before.data ? diffScenes(before.data, scene.data) : null),
    [compares, scene.data, before.data],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <section className={classes.preview} aria-label={words.preview(title)}>
      <Group className={classes.bar} justify="space-between" gap="xs" wrap="nowrap">
        <Text fw={600} size="sm" component="h2" lineClamp={2}>
          {title}
        </Text>
        <Group gap="xs" wrap="nowrap">
          {comparable && (
            <Switch
              size="xs"
              classNames={{ label: classes.switch }}
              label={words.showChanges}
              checked={showsChanges}
              onChange={(event) => onShowChanges(event.currentTarget.checked)}
            />
          )}
          <ActionIcon variant="default" aria-label={words.back} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </Group>
      {compares && before.isError && (
        <Text size="sm" c="dimmed" px="md" role="status">
          {words.changesGone}
        </Text>
      )}
      {diff && <Legend version={version} diff={diff} />}
      {scene.isError ? (
        <ErrorNote message={scene.error.message} onRetry={() => void scene.refetch()} />
      ) : (
        <Picture
          scene={scene.data ?? null}
          diff={diff}
          theme={theme}
          images={images}
          title={title}
        />
      )}
    </section>
  );
}

/** Counts objects as the list of versions does, while one mark stands for a shape and its label. */
function Legend({ version, diff }: { version: Version; diff: SceneDiff }) {
  const words = t().history;
  const kinds = (['added', 'changed', 'removed'] as const).filter((kind) => version[kind] > 0);
  const seen = diff.added.length + diff.changed.length + diff.removed.length > 0;
  return (
    <Group gap="md" px="md" py={4} role="status">
      {!seen && <Text size="xs">{words.noChanges}</Text>}
      {(seen ? kinds : []).map((kind) => (
        <Text key={kind} size="xs" className={classes.kind} data-kind={kind}>
          {version[kind]} {words[kind]}
        </Text>
      ))}
    </Group>
  );
}

interface PictureProps {
  scene: readonly SceneElement[] | null;
  diff: SceneDiff | null;
  theme: 'light' | 'dark';
  images: Images | null;
  title: string;
}

function Picture({ scene, diff, theme, images, title }: PictureProps) {
  const [drawing, setDrawing] = useState<Drawing | null | undefined>(undefined);
  useEffect(() => {
    if (!scene) return undefined;
    let wanted = true;
    drawScene({ scene, diff, images, dark: theme === 'dark' })
      .then((drawn) => wanted && setDrawing(drawn))
      .catch(() => wanted && setDrawing(null));
    return () => {
      wanted = false;
    };
  }, [scene, diff, theme, images]);
  if (drawing === undefined) return <CenteredLoader label={t().history.loading} />;
  if (drawing) return <Surface drawing={drawing} title={title} />;
  return (
    <Text c="dimmed" ta="center" py="xl">
      {t().history.empty}
    </Text>
  );
}

function Surface({ drawing, title }: { drawing: Drawing; title: string }) {
  const words = t().history;
  const surface = useRef<HTMLDivElement>(null);
  const { view, closer, farther, whole } = usePanZoom(surface, drawing.area);
  const viewBox = `${view.x} ${view.y} ${view.width} ${view.height}`;
  useEffect(() => {
    const { svg } = drawing;
    svg.removeAttribute('width');
    svg.removeAttribute('height');
    svg.setAttribute('viewBox', viewBox);
    if (svg.parentElement !== surface.current) surface.current?.prepend(svg);
  }, [drawing, viewBox]);
  useEffect(() => () => drawing.svg.remove(), [drawing]);
  return (
    <div className={classes.frame}>
      <div ref={surface} className={classes.surface} role="img" aria-label={title}>
        <svg viewBox={viewBox} className={classes.marks} aria-hidden>
          {drawing.marks.map(({ id, kind, ...place }) => (
            <rect key={id} data-kind={kind} rx={4} {...place} />
          ))}
        </svg>
      </div>
      <ActionIcon.Group className={classes.zoom}>
        <ActionIcon variant="default" size="lg" aria-label={words.farther} onClick={farther}>
          <IconMinus size={16} />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label={words.whole} onClick={whole}>
          <IconMaximize size={16} />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label={words.closer} onClick={closer}>
          <IconPlus size={16} />
        </ActionIcon>
      </ActionIcon.Group>
    </div>
  );
}
