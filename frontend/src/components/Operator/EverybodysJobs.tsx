/** For operators: everybody's jobs with who asked for them, the workers, the queue over time. */
import { Button, Center, Grid, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import {
  useCancelAnyJob,
  useEverybodysJobs,
  type OperatorJobView,
  type OperatorQuery,
} from '../../hooks/useOperator';
import { t } from '../../i18n';
import { isFinished } from '../../sync/jobs';
import { JobCard } from '../Canvas/JobCard';
import { Paging } from '../Jobs/Paging';
import { EmptyNote } from '../ui/EmptyNote';
import { ErrorNote } from '../ui/ErrorNote';
import { notifyError } from '../ui/notices';
import { timeAgo } from '../ui/timeAgo';
import { OperatorFilter } from './OperatorFilter';
import { QueuePanel } from './QueuePanel';
import { WorkerTable } from './WorkerTable';

const ALL: OperatorQuery = { status: null, user: '', canvasId: null, hours: null, page: 0 };

export function EverybodysJobs({ userId }: { userId: string }) {
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Jobs userId={userId} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Stack gap="lg">
          <WorkerTable />
          <QueuePanel />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Jobs({ userId }: { userId: string }) {
  const words = t().operator;
  const [query, setQuery] = useState(ALL);
  const [name, setName] = useState<string | null>(null);
  const { data, error, refetch } = useEverybodysJobs(query);
  const change = (part: Partial<OperatorQuery>, chosen: string | null = null) => {
    if ('user' in part) setName(chosen);
    setQuery((before) => ({ ...before, ...part, page: 0 }));
  };
  const filtered = query.status || query.user || query.canvasId || query.hours;
  return (
    <Stack>
      <OperatorFilter query={query} name={name} onChange={change} />
      <Text size="xs" c="dimmed">
        {words.private}
      </Text>
      {error && <ErrorNote message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={120} radius="md" />}
      {data?.jobs.length === 0 &&
        (filtered ? (
          <NoneMatch onClear={() => change(ALL)} />
        ) : (
          <EmptyNote title={words.none} text={words.noneText} />
        ))}
      {data && data.jobs.length > 0 && (
        <List
          jobs={data.jobs}
          userId={userId}
          onPerson={(id, person) => change({ user: id }, person)}
          onCanvas={(canvasId) => change({ canvasId })}
        />
      )}
      {data && (data.hasOlder || query.page > 0) && (
        <Paging
          label={words.list}
          page={query.page}
          hasOlder={data.hasOlder}
          onPage={(page) => setQuery((before) => ({ ...before, page }))}
        />
      )}
    </Stack>
  );
}

function NoneMatch({ onClear }: { onClear: () => void }) {
  const words = t().jobs;
  return (
    <Center py={40}>
      <Stack align="center" gap="xs">
        <Text c="dimmed">{words.noneMatch}</Text>
        <Button variant="default" size="xs" onClick={onClear}>
          {words.clearFilter}
        </Button>
      </Stack>
    </Center>
  );
}

interface ListProps {
  jobs: readonly OperatorJobView[];
  userId: string;
  onPerson: (id: string, name: string) => void;
  onCanvas: (id: string) => void;
}

const nothing = () => undefined;

function List({ jobs, userId, onPerson, onCanvas }: ListProps) {
  const cancel = useCancelAnyJob();
  return (
    <Stack gap="sm" aria-label={t().operator.list} role="list">
      {jobs.map((job) => (
        <div key={job.id} role="listitem">
          <JobCard
            job={worded(job)}
            userId={userId}
            canEdit={!isFinished(job.status)}
            cancel={({ id }) => cancel.mutate(id, { onError: notifyError })}
            retry={nothing}
            undo={nothing}
            redo={nothing}
            footer={<About job={job} onPerson={onPerson} onCanvas={onCanvas} />}
          />
        </div>
      ))}
    </Stack>
  );
}

/** Without the server's sentence, the class of the failure is what can be said. */
function worded(job: OperatorJobView): OperatorJobView {
  if (job.status !== 'failed' || job.error) return job;
  const words = t().operator;
  const reason = words.reasons[job.errorCode ?? ''];
  return { ...job, message: reason ? `${reason}. ${words.failedBecause}` : words.failedBecause };
}

function About({
  job,
  onPerson,
  onCanvas,
}: { job: OperatorJobView } & Omit<ListProps, 'jobs' | 'userId'>) {
  const words = t().operator;
  const { requestedBy: person, canvasId } = job;
  const facts = [timeAgo(job.createdAt), job.worker ? words.onWorker(job.worker) : null];
  return (
    <Group gap="xs" mt={6}>
      <Text size="xs" c="dimmed">
        {facts.filter((fact) => fact !== null).join(', ')}
      </Text>
      {person && (
        <Button size="compact-xs" variant="subtle" onClick={() => onPerson(person.id, person.name)}>
          {words.onlyOf(person.name || t().app.someone)}
        </Button>
      )}
      {canvasId && (
        <Button size="compact-xs" variant="subtle" onClick={() => onCanvas(canvasId)}>
          {words.onlyCanvas}
        </Button>
      )}
    </Group>
  );
}
