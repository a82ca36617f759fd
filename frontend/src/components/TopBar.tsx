/** The bar above pages that are not a canvas. */
import { Avatar, Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconLogout, IconSettings } from '@tabler/icons-react';
import { Link, useRoute } from 'wouter';
import { useConnection } from '../hooks/useCanvasSession';
import { useSignOut } from '../hooks/useSession';
import { t } from '../i18n';
import type { User } from '../types/api';
import { ConnectionBadge } from './Canvas/ConnectionBadge';
import { LazyMenu } from './ui/LazyMenu';
import { Logo } from './ui/Logo';
import { hideAll } from './ui/notices';
import classes from './TopBar.module.css';

export function TopBar({ user }: { user: User }) {
  const signOut = useSignOut();
  const words = t().app;
  const connection = useConnection();
  const lost = connection !== 'connected' && connection !== 'connecting';
  return (
    <header className={classes.bar}>
      <a href="#content" className={classes.skip}>
        {words.skip}
      </a>
      <Link href="/" className={classes.home} aria-label={`CollabCanvas: ${words.allCanvases}`}>
        <Logo />
      </Link>
      <nav className={classes.nav} aria-label={words.pages}>
        <Page href="/" name={words.canvases} />
        <Page href="/jobs" name={words.jobs} />
      </nav>
      {lost && <ConnectionBadge connection={connection} unsaved={0} />}
      <LazyMenu
        title={user.email}
        target={
          <UnstyledButton>
            <Group gap="xs" wrap="nowrap">
              <Text size="sm" visibleFrom="xs">
                {user.name}
              </Text>
              <VisuallyHidden>{words.account}</VisuallyHidden>
              <Avatar name={user.name} color="initials" size={32} aria-hidden />
            </Group>
          </UnstyledButton>
        }
        entries={[
          {
            key: 'settings',
            icon: <IconSettings size={16} />,
            label: words.settings,
            href: '/settings',
          },
          {
            key: 'sign-out',
            icon: <IconLogout size={16} />,
            label: words.signOut,
            onSelect: () => {
              hideAll();
              signOut.mutate();
            },
          },
        ]}
      />
    </header>
  );
}

function Page({ href, name }: { href: string; name: string }) {
  const [here] = useRoute(href);
  return (
    <Link href={href} className={classes.page} aria-current={here ? 'page' : undefined}>
      {name}
    </Link>
  );
}
