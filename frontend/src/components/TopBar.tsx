/** The bar above pages that are not a canvas. */
import { Avatar, Group, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconLogout, IconSettings } from '@tabler/icons-react';
import { Link, useRoute } from 'wouter';
import { useConnection } from '../hooks/useCanvasSession';
import { useSignOut } from '../hooks/useSession';
import { t } from '../i18n';
import type { User } from '../types/api';
import { ConnectionBadge } from './Canvas/ConnectionBadge';
import { Logo } from './ui/Logo';
import classes from './TopBar.module.css';

export function TopBar({ user }: { user: User }) {
  const signOut = useSignOut();
  const words = t().app;
  const connection = useConnection();
  const lost = connection === 'reconnecting' || connection === 'offline';
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
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <UnstyledButton>
            <Group gap="xs" wrap="nowrap">
              <Text size="sm" visibleFrom="xs">
                {user.name}
              </Text>
              <VisuallyHidden>{words.account}</VisuallyHidden>
              <Avatar name={user.name} color="initials" size={32} aria-hidden />
            </Group>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{user.email}</Menu.Label>
          <Menu.Item component={Link} href="/settings" leftSection={<IconSettings size={16} />}>
            {words.settings}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
            {words.signOut}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
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
