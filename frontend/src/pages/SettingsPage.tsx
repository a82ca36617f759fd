/** A person's settings: looks and language of this device, sign-ins and API tokens of the account. */
import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageFrame } from '../components/PageFrame';
import { Appearance } from '../components/Settings/Appearance';
import { Person } from '../components/Settings/Person';
import { SignIns } from '../components/Settings/SignIns';
import { Tokens } from '../components/Settings/Tokens';
import { t } from '../i18n';
import type { User } from '../types/api';

export default function SettingsPage({ user }: { user: User }) {
  const words = t().settings;
  return (
    <PageFrame title={words.title} intro={user.email}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack gap="lg">
          <Section title={words.account} text={words.accountText}>
            <Person user={user} />
          </Section>
          <Section title={words.looks}>
            <Appearance />
          </Section>
          <Section title={words.sessions} text={words.sessionsText}>
            <SignIns />
          </Section>
        </Stack>
        <div>
          <Section title={words.tokens} text={words.tokensText}>
            <Tokens />
          </Section>
        </div>
      </SimpleGrid>
    </PageFrame>
  );
}

function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Paper withBorder p="lg" radius="lg" component="section">
      <Title order={2} size="h4">
        {title}
      </Title>
      {text && (
        <Text size="sm" c="dimmed" mb="md">
          {text}
        </Text>
      )}
      {!text && <div style={{ height: 12 }} />}
      {children}
    </Paper>
  );
}
