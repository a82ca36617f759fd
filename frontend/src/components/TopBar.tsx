/** The bar above pages that are not a canvas. */
import { Avatar, Group, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useSignOut } from '../hooks/useSession';
import type { User } from '../types/api';
import { Logo } from './ui/Logo';
import classes from './TopBar.module.css';

export function TopBar({ user }: { user: User }) {
  const signOut = useSignOut();
  return (
    <header className={classes.bar}>
      <Link href="/" className={classes.home}>
        <Logo />
      </Link>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <UnstyledButton>
            <Group gap="xs" wrap="nowrap">
              <Text size="sm" visibleFrom="xs">
                {user.name}
              </Text>
              <VisuallyHidden>account</VisuallyHidden>
              <Avatar name={user.name} color="initials" size={32} aria-hidden />
            </Group>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{user.email}</Menu.Label>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
