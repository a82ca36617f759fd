/** Whose view one sees, and the way out. Any gesture on the canvas is one, too. */
import { Button, Text } from '@mantine/core';
import { t } from '../../i18n';
import classes from './FollowBanner.module.css';

export function FollowBanner({ name, onStop }: { name: string | null; onStop: () => void }) {
  return (
    <div role="status" className={classes.frame} data-following={name !== null || undefined}>
      {name !== null && (
        <div className={classes.banner}>
          <Text size="sm" truncate>
            {t().canvas.following(name)}
          </Text>
          <Button size="compact-xs" variant="white" onClick={onStop}>
            {t().canvas.stopFollowing}
          </Button>
        </div>
      )}
    </div>
  );
}
