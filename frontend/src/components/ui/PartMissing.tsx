/** In the place of a part of the page that could not be loaded. */
import { Center } from '@mantine/core';
import { t } from '../../i18n';
import { ErrorNote } from './ErrorNote';

export function PartMissing() {
  return (
    <Center h="100%" p="md">
      <ErrorNote message={t().app.partMissing} onRetry={() => window.location.reload()} />
    </Center>
  );
}
