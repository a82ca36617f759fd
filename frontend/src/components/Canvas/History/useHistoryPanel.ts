/** Whether the history is open, and which version is looked at. */
import { useMemo, useState } from 'react';
import { useVersionActions } from '../../../hooks/useHistory';
import { t } from '../../../i18n';
import type { JobView } from '../../../types/ai';
import type { Version } from '../../../types/history';
import { notify, notifyError } from '../../ui/notices';

export function useHistoryPanel(canvasId: string) {
  const [opened, setOpened] = useState(false);
  const [chosen, setChosen] = useState<Version | null>(null);
  const [showsChanges, setShowsChanges] = useState(true);
  const { mutate: find } = useVersionActions(canvasId).find;
  const actions = useMemo(
    () => ({
      toggle: () => {
        setOpened((before) => !before);
        setChosen(null);
      },
      close: () => {
        setOpened(false);
        setChosen(null);
      },
      choose: setChosen,
      lookAway: () => setChosen(null),
      showChanges: setShowsChanges,
      /** What a job drew or changed, on the version that it made. */
      showJob: (job: JobView) =>
        find(job.id, {
          onSuccess: (version) => {
            if (!version) return notify(t().history.notFound);
            setOpened(true);
            setChosen(version);
            setShowsChanges(true);
          },
          onError: notifyError,
        }),
    }),
    [find],
  );
  return { opened, chosen, showsChanges, ...actions };
}
