/** If the editor breaks, the rest of the page stays, and so do edits; the editor can be restarted. */
import { Center } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { t } from '../../i18n';
import { ErrorNote } from '../ui/ErrorNote';

interface Props {
  children: ReactNode;
}

export class BoardBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Center h="100%">
        <ErrorNote
          message={t().canvas.editorBroke}
          onRetry={() => this.setState({ broken: false })}
        />
      </Center>
    );
  }
}
