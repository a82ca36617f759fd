/** Above the canvas: the way back, its title, who is here, and what can be done with it. */
import { ActionIcon, Group, TextInput, UnstyledButton } from '@mantine/core';
import { IconArrowLeft, IconHistory, IconShare3, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useUnsaved, type CanvasSession } from '../../hooks/useCanvasSession';
import { t } from '../../i18n';
import type { Canvas, Role } from '../../types/api';
import type { ConnectionState, PresentMember } from '../../types/protocol';
import classes from './CanvasHeader.module.css';
import { ConnectionBadge } from './ConnectionBadge';
import { ExportMenu } from './ExportMenu';
import { HeaderAction } from './HeaderAction';
import { People } from './People';

interface Props {
  canvas: Canvas;
  role: Role;
  members: readonly PresentMember[];
  userId: string;
  followed: string | null;
  onFollow: (userId: string | null) => void;
  connection: ConnectionState;
  session: CanvasSession | null;
  panelOpen: boolean;
  onRename: (title: string) => void;
  onShare: () => void;
  historyOpen: boolean;
  onToggleHistory: () => void;
  onTogglePanel: () => void;
  exportPng: () => Promise<Blob>;
}

/** On its own, as the number changes with every stroke. */
function CanvasConnection({ connection, session }: Pick<Props, 'connection' | 'session'>) {
  return <ConnectionBadge connection={connection} unsaved={useUnsaved(session)} />;
}

export function CanvasHeader(props: Props) {
  const { canvas, role, members, connection, session, panelOpen } = props;
  return (
    <header className={classes.header}>
      <Link href="/" asChild>
        <ActionIcon component="a" variant="subtle" color="gray" aria-label={t().app.allCanvases}>
          <IconArrowLeft size={20} />
        </ActionIcon>
      </Link>
      <Title title={canvas.title} editable={role !== 'viewer'} onRename={props.onRename} />
      <div className={classes.connection} data-state={connection}>
        <CanvasConnection connection={connection} session={session} />
      </div>
      <div className={classes.space} />
      <People
        members={members}
        userId={props.userId}
        followed={props.followed}
        onFollow={props.onFollow}
      />
      <Group gap={6} wrap="nowrap">
        <ExportMenu canvasId={canvas.id} title={canvas.title} exportPng={props.exportPng} />
        <HeaderAction
          label={t().canvas.history}
          icon={<IconHistory size={18} />}
          variant={props.historyOpen ? 'light' : 'default'}
          aria-expanded={props.historyOpen}
          onClick={props.onToggleHistory}
        />
        <HeaderAction
          label={t().canvas.share}
          icon={<IconShare3 size={18} />}
          onClick={props.onShare}
        />
        {role !== 'viewer' && (
          <HeaderAction
            label={t().canvas.describe}
            title={t().canvas.describeKeys}
            icon={<IconSparkles size={18} />}
            variant={panelOpen ? 'light' : 'filled'}
            aria-expanded={panelOpen}
            onClick={props.onTogglePanel}
          />
        )}
      </Group>
    </header>
  );
}

/** The person just asked to rename: the old title is there to be typed over. */
function beginTyping(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

interface TitleProps {
  title: string;
  editable: boolean;
  onRename: (title: string) => void;
}

function Title({ title, editable, onRename }: TitleProps) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <h1 className={classes.title}>
        {editable ? (
          <UnstyledButton
            className={classes.titleButton}
            title={t().canvas.rename}
            onClick={() => setDraft(title)}
          >
            {title}
          </UnstyledButton>
        ) : (
          title
        )}
      </h1>
    );
  }
  const finish = (save: boolean) => {
    const next = draft.trim();
    if (save && next && next !== title) onRename(next);
    setDraft(null);
  };
  return (
    <TextInput
      aria-label={t().canvas.title}
      size="xs"
      value={draft}
      maxLength={200}
      ref={beginTyping}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(false);
      }}
    />
  );
}
