/** Providers and routes. A person who is not signed in sees the sign-in page at every address. */
import { Center, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { JobNews } from './components/JobNews';
import { TopBar } from './components/TopBar';
import { CenteredLoader } from './components/ui/CenteredLoader';
import { ErrorNote } from './components/ui/ErrorNote';
import { lazyPart } from './components/ui/lazyPart';
import { NoticeBoard } from './components/ui/NoticeBoard';
import { PageBoundary } from './components/ui/PageBoundary';
import { useHealing } from './hooks/useHealing';
import { useLanguage } from './hooks/useLanguage';
import { useSession, useSocketFor } from './hooks/useSession';
import { t } from './i18n';
import { theme, variables } from './theme';
import type { User } from './types/api';

const CanvasPage = lazyPart(() => import('./pages/CanvasPage'));
const HomePage = lazyPart(() => import('./pages/HomePage'));
const SignInPage = lazyPart(() => import('./pages/SignInPage'));
const JobsPage = lazyPart(() => import('./pages/JobsPage'));
const SettingsPage = lazyPart(() => import('./pages/SettingsPage'));
const InvitationPage = lazyPart(() => import('./pages/InvitationPage'));
const SharePage = lazyPart(() => import('./pages/SharePage'));

const UNDER_THE_BAR = /^\/(?:jobs|settings)?$/;

const queries = new QueryClient({
  defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false, staleTime: 5_000 } },
});

export function App() {
  const { language } = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <NoticeBoard />
        {/* Another language is another page: everything is said anew. */}
        <PageBoundary>
          <Routes key={language} />
        </PageBoundary>
      </MantineProvider>
    </QueryClientProvider>
  );
}

function Routes() {
  const { user, isLoading, error, retry } = useSession();
  useSocketFor(user);
  useHealing();
  if (isLoading) return <CenteredLoader />;
  if (error) {
    return (
      <Center h="100dvh" p="md" component="main">
        <ErrorNote message={error.message} onRetry={() => void retry()} />
      </Center>
    );
  }
  if (!user) {
    // The address stays: after signing in it is the next page.
    return (
      <Suspense fallback={<CenteredLoader />}>
        <SignInPage />
      </Suspense>
    );
  }
  return (
    <>
      <JobNews userId={user.id} />
      <Pages user={user} />
    </>
  );
}

function Pages({ user }: { user: User }) {
  return (
    <Switch>
      <Route path="/canvas/:id">
        {({ id }) => (
          <Suspense fallback={<CenteredLoader label={t().canvas.opening} />}>
            <CanvasPage key={id} id={id} user={user} />
          </Suspense>
        )}
      </Route>
      <Route path={UNDER_THE_BAR}>
        <UnderTheBar user={user} />
      </Route>
      <Route path="/invitation">
        <Suspense fallback={<CenteredLoader label={t().app.accepting} />}>
          <InvitationPage />
        </Suspense>
      </Route>
      <Route path="/share">
        <Suspense fallback={<CenteredLoader label={t().app.openingLink} />}>
          <SharePage />
        </Suspense>
      </Route>
      <Route>
        <Redirect to="/" />
      </Route>
    </Switch>
  );
}

/** The bar stands while the page below it comes or is changed for another: its menu stays open. */
function UnderTheBar({ user }: { user: User }) {
  return (
    <>
      <TopBar user={user} />
      <Suspense fallback={<CenteredLoader />}>
        <Switch>
          <Route path="/jobs">
            <JobsPage user={user} />
          </Route>
          <Route path="/settings">
            <SettingsPage user={user} />
          </Route>
          <Route>
            <HomePage />
          </Route>
        </Switch>
      </Suspense>
    </>
  );
}
