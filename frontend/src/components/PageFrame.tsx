/** What every page below the bar has: a title, and what may stand beside it. */
import { Container, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from '../hooks/usePageTitle';

interface Props {
  title: string;
  intro?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function PageFrame({ title, intro, actions, children }: Props) {
  usePageTitle(title);
  return (
    <Container size="xl" component="main" py="lg" id="content">
      <Group justify="space-between" mb="lg">
        <div>
          <Title order={1} size="h2">
            {title}
          </Title>
          {intro && (
            <Text c="dimmed" size="sm">
              {intro}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </Container>
  );
}
