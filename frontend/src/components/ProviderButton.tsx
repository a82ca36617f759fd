/** Sign-in with the provider that the operator configured; and what it said if that failed. */
import { Button, Divider } from '@mantine/core';
import { useLeaving, useSignInFailure } from '../hooks/useProvider';
import { t } from '../i18n';
import { ErrorNote } from './ui/ErrorNote';

export function ProviderButton({ name }: { name: string }) {
  const words = t().app;
  const { address, leave } = useLeaving();
  return (
    <>
      <Button component="a" href={address} fullWidth variant="default" onClick={leave}>
        {words.signInWith(name)}
      </Button>
      <Divider label={words.orWithPassword} labelPosition="center" />
    </>
  );
}

export function ProviderFailure() {
  const reason = useSignInFailure();
  const words = t().app;
  if (reason === null) return null;
  return <ErrorNote message={words.signInFailures[reason] ?? words.signInFailed} />;
}
