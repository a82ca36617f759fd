/** Providers and routes. Whoever is not signed in sees the sign-in page at every address. */
import { Center, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { CenteredLoader } from './components/ui/CenteredLoader';
import { ErrorNote } from './components/ui/ErrorNote';
import { useSession, useSocketFor } from './hooks/useSession';
import { HomePage } from './pages/HomePage';
import { InvitationPage } from './pages/InvitationPage';
import { SignInPage } from './pages/SignInPage';
import { theme, variables } from './theme';

const CanvasPage = lazy(() => import('./pages/CanvasPage'));

const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false, staleTime: 5_000 } },
});

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <Notifications position="top-center" />
        <Routes />
      </MantineProvider>
    </QueryClientProvider>
  );
}

function Routes() {
  const { user, isLoading, error, retry } = useSession();
  useSocketFor(user);
  if (isLoading) return <CenteredLoader />;
  if (error) {
    return (
      <Center h="100dvh" p="md">
        <ErrorNote message={error.message} onRetry={() => void retry()} />
      </Center>
    );
  }
  if (!user) return <SignInPage />;
  return (
    <Switch>
      <Route path="/">
        <HomePage user={user} />
      </Route>
      <Route path="/canvas/:id">
        {({ id }) => (
          <Suspense fallback={<CenteredLoader label="Opening the canvas" />}>
            <CanvasPage key={id} id={id} user={user} />
          </Suspense>
        )}
      </Route>
      <Route path="/invitation">
        <InvitationPage />
      </Route>
      <Route>
        <Redirect to="/" />
      </Route>
    </Switch>
  );
}
