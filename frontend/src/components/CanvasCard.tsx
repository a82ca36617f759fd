/** A canvas in the list: its picture, its name, and what may be done with it. */
import { ActionIcon, Group, Text } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconShape2, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { t } from '../i18n';
import type { Canvas } from '../types/api';
import classes from './CanvasCard.module.css';
import { LazyMenu } from './ui/LazyMenu';
import type { MenuEntry } from './ui/OpenedMenu';
import { timeAgo } from './ui/timeAgo';

interface Props {
  canvas: Canvas;
  /** With what the focus returns to. */
  onRename: (menu: HTMLElement | null) => void;
  onDuplicate: () => void;
  onDelete: () => void;
}

export function CanvasCard({ canvas, onRename, onDuplicate, onDelete }: Props) {
  const words = t().home;
  const menu = useRef<HTMLButtonElement>(null);
  const shared = canvas.role !== 'owner';
  const rename: MenuEntry = {
    key: 'rename',
    icon: <IconPencil size={16} />,
    label: words.rename,
    onSelect: () => onRename(menu.current),
  };
  const duplicate: MenuEntry = {
    key: 'duplicate',
    icon: <IconCopy size={16} />,
    label: words.duplicate,
    onSelect: onDuplicate,
  };
  const remove: MenuEntry = {
    key: 'delete',
    icon: <IconTrash size={16} />,
    label: words.delete,
    dangerous: true,
    onSelect: onDelete,
  };
  const entries = [
    ...(canvas.role === 'viewer' ? [] : [rename]),
    duplicate,
    ...(shared ? [] : [remove]),
  ];
  return (
    <li className={classes.card}>
      <Link href={`/canvas/${canvas.id}`} className={classes.link}>
        <Preview canvas={canvas} />
        <div className={classes.text}>
          <Text fw={600} truncate component="h2" size="md">
            {canvas.title}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {shared && `${canvas.owner.name}, `}
            {`${words.objects(canvas.object_count)}, ${timeAgo(canvas.updated_at)}`}
          </Text>
        </div>
      </Link>
      <Group className={classes.menu}>
        <LazyMenu
          entries={entries}
          target={
            <ActionIcon
              ref={menu}
              variant="default"
              size="md"
              aria-label={words.menuOf(canvas.title)}
            >
              <IconDots size={16} />
            </ActionIcon>
          }
        />
      </Group>
    </li>
  );
}

function Preview({ canvas }: { canvas: Canvas }) {
  const [missing, setMissing] = useState(false);
  if (canvas.object_count === 0 || missing) {
    return (
      <div className={classes.preview}>
        <IconShape2 size={36} stroke={1.2} className={classes.blank} aria-hidden />
      </div>
    );
  }
  return (
    <div className={classes.preview}>
      <img
        src={canvas.thumbnail}
        alt=""
        loading="lazy"
        className={classes.picture}
        onError={() => setMissing(true)}
      />
    </div>
  );
}
