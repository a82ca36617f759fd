/** A spinner in the middle of whatever contains it. */
import { Center, Loader } from '@mantine/core';
import { t } from '../../i18n';

export function CenteredLoader({ label = t().app.loading }: { label?: string }) {
  return (
    <Center h="100%" mih={160} role="status" aria-label={label}>
      <Loader type="dots" />
    </Center>
  );
}
