/** If a page breaks, it says so, and the person can load it again. */
import { Center } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { t } from '../../i18n';
import { ErrorNote } from './ErrorNote';

interface Props {
  children: ReactNode;
}

export class PageBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Center h="100dvh" p="md" component="main">
        <ErrorNote message={t().app.somethingBroke} onRetry={() => window.location.reload()} />
      </Center>
    );
  }
}
