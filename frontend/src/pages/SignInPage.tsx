/** The way in: one form for those who have an account and those who want one. */
import {
  Button,
  Center,
  Divider,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { ProviderButton, ProviderFailure } from '../components/ProviderButton';
import { ErrorNote } from '../components/ui/ErrorNote';
import { Logo } from '../components/ui/Logo';
import { useConfig, useSignIn } from '../hooks/useSession';
import { t } from '../i18n';
import classes from './SignInPage.module.css';

type Fields = Record<string, string>;

/** The server decides; this only spares a round for slips. */
const EMAIL = /^\S+@\S+$/;
const SHORTEST_PASSWORD = 8;

const fieldsOf = (error: unknown): Fields =>
  error && typeof error === 'object' && 'fields' in error ? (error.fields as Fields) : {};

export default function SignInPage() {
  const words = t().app;
  const config = useConfig();
  const { signIn, createAccount } = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [name, setName] = useState('');
  const [missing, setMissing] = useState<Fields>({});

  const error = createAccount.error ?? signIn.error;
  const fields = { ...fieldsOf(error), ...missing };
  const arrives = ['/share', '/invitation'].includes(window.location.pathname);
  const isOpen = config?.registration !== 'closed';

  const submit = (creating: boolean) => {
    signIn.reset();
    createAccount.reset();
    const gaps: Fields = {};
    if (!email.trim()) gaps.email = words.needEmail;
    else if (!EMAIL.test(email.trim())) gaps.email = words.strangeEmail;
    if (!password) gaps.password = words.needPassword;
    else if (creating && password.length < SHORTEST_PASSWORD) {
      gaps.password = words.shortPassword(SHORTEST_PASSWORD);
    }
    if (creating && !name.trim()) gaps.name = words.needName;
    setMissing(gaps);
    if (Object.keys(gaps).length > 0) return;
    const credentials = { email: email.trim(), password };
    if (creating) createAccount.mutate({ ...credentials, name: name.trim() });
    else signIn.mutate(credentials);
  };

  return (
    <Center mih="100dvh" p="md" className={classes.page} component="main">
      <Paper withBorder radius="lg" p="xl" className={classes.card}>
        <Stack gap="md">
          <Logo size={32} />
          <div>
            <Title order={1} size="h3">
              {words.tagline}
            </Title>
            <Text c="dimmed" size="sm">
              {arrives ? words.signInForLink : words.subtitle}
            </Text>
          </div>
          {error && Object.keys(fields).length === 0 && <ErrorNote message={error.message} />}
          <ProviderFailure />
          {config?.oidc && <ProviderButton name={config.oidc.name} />}
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              submit(name.trim() !== '');
            }}
          >
            <Stack gap="sm">
              <TextInput
                label={words.email}
                type="email"
                autoComplete="username"
                value={email}
                error={fields.email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
              <PasswordInput
                label={words.password}
                autoComplete="current-password"
                visibilityToggleButtonProps={{ 'aria-label': words.showPassword }}
                value={password}
                error={fields.password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
              <Button
                fullWidth
                variant={name.trim() ? 'default' : 'filled'}
                loading={signIn.isPending}
                onClick={() => submit(false)}
              >
                {words.signIn}
              </Button>
              {isOpen && (
                <>
                  <Divider label={words.newHere} labelPosition="center" mt={4} />
                  <TextInput
                    label={words.name}
                    autoComplete="name"
                    value={name}
                    error={fields.name}
                    onChange={(event) => setName(event.currentTarget.value)}
                  />
                  <Button
                    fullWidth
                    variant={name.trim() ? 'filled' : 'default'}
                    loading={createAccount.isPending}
                    onClick={() => submit(true)}
                  >
                    {words.createAccount}
                  </Button>
                </>
              )}
              <button type="submit" hidden aria-hidden tabIndex={-1} />
            </Stack>
          </form>
          {config?.registration === 'invite' && (
            <Text size="xs" c="dimmed">
              {words.invitedOnly}
            </Text>
          )}
        </Stack>
      </Paper>
    </Center>
  );
}
