/** All jobs of a person: a filtered list with what can be done about each, and their statistics. */
import {
  Anchor,
  Button,
  Center,
  Grid,
  Group,
  Skeleton,
  Stack,
  Tabs,
  Text,
  VisuallyHidden,
} from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { JobCard } from '../components/Canvas/JobCard';
import { JobFilter } from '../components/Jobs/JobFilter';
import { JobPlots } from '../components/Jobs/JobPlots';
import { Paging } from '../components/Jobs/Paging';
import { EverybodysJobs } from '../components/Operator/EverybodysJobs';
import { PageFrame } from '../components/PageFrame';
import { EmptyNote } from '../components/ui/EmptyNote';
import { ErrorNote } from '../components/ui/ErrorNote';
import { notify, notifyError } from '../components/ui/notices';
import { timeAgo } from '../components/ui/timeAgo';
import { useSpoken } from '../components/useSpoken';
import { useCanvases, versionThumbnail } from '../hooks/useCanvases';
import { useJobActions, useJobs, useJobsLive, type JobQuery } from '../hooks/useJobs';
import { t } from '../i18n';
import classes from './JobsPage.module.css';
import type { JobView } from '../types/ai';
import type { Canvas, User } from '../types/api';

/** Only how a job ends, not each step of all that run. */
const SPOKEN = {
  markOf: ({ status, undone }: JobView) => `${status} ${undone}`,
  newcomers: false,
};

const EVERYTHING: JobQuery = { status: null, canvasId: null, days: null, page: 0 };

export default function JobsPage({ user }: { user: User }) {
  const words = t().jobs;
  return (
    <PageFrame title={words.title} intro={words.intro}>
      {user.is_operator ? <Views user={user} /> : <OwnJobs user={user} />}
    </PageFrame>
  );
}

/** Operators choose between their own jobs and everybody's. */
function Views({ user }: { user: User }) {
  const words = t().operator;
  return (
    <Tabs defaultValue="mine" keepMounted={false}>
      <Tabs.List aria-label={words.views} mb="lg">
        <Tabs.Tab value="mine">{words.mine}</Tabs.Tab>
        <Tabs.Tab value="everybodys">{words.everybodys}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="mine">
        <OwnJobs user={user} />
      </Tabs.Panel>
      <Tabs.Panel value="everybodys">
        <EverybodysJobs userId={user.id} />
      </Tabs.Panel>
    </Tabs>
  );
}

function OwnJobs({ user }: { user: User }) {
  const words = t().jobs;
  const [query, setQuery] = useState(EVERYTHING);
  const { data, error, refetch } = useJobs(query);
  const canvases = useCanvases().data?.pages.flatMap((page) => page.canvases) ?? [];
  useJobsLive();
  const spoken = useSpoken(data?.jobs ?? [], SPOKEN);

  const filtered = query.status !== null || query.canvasId !== null || query.days !== null;
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack>
          <JobFilter
            query={query}
            canvases={canvases}
            onChange={(change) => setQuery((before) => ({ ...before, ...change, page: 0 }))}
          />
          {error && <ErrorNote message={error.message} onRetry={() => void refetch()} />}
          {!data && !error && <Skeleton height={120} radius="md" />}
          {data?.jobs.length === 0 &&
            (filtered ? (
              <Center py={40}>
                <Stack align="center" gap="xs">
                  <Text c="dimmed">{words.noneMatch}</Text>
                  <Button variant="default" size="xs" onClick={() => setQuery(EVERYTHING)}>
                    {words.clearFilter}
                  </Button>
                </Stack>
              </Center>
            ) : (
              <EmptyNote title={words.none} text={words.noneText} />
            ))}
          {data && <JobList jobs={data.jobs} user={user} canvases={canvases} />}
          <VisuallyHidden aria-live="polite">{spoken}</VisuallyHidden>
          {data && (data.hasOlder || query.page > 0) && (
            <Paging
              label={words.list}
              page={query.page}
              hasOlder={data.hasOlder}
              onPage={(page) => setQuery((before) => ({ ...before, page }))}
            />
          )}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <JobPlots />
      </Grid.Col>
    </Grid>
  );
}

interface ListProps {
  jobs: readonly JobView[];
  user: User;
  canvases: readonly Canvas[];
}

function JobList({ jobs, user, canvases }: ListProps) {
  const actions = useJobActions();
  const titles = new Map(canvases.map(({ id, title }) => [id, title]));
  const onError = notifyError;
  return (
    <Stack gap="sm" aria-label={t().jobs.list} role="list">
      {jobs.map((job) => (
        <div key={job.id} role="listitem">
          <JobCard
            job={job}
            userId={user.id}
            canEdit
            cancel={({ id }) => actions.cancel.mutate(id, { onError })}
            retry={({ id }) => actions.retry.mutate(id, { onError })}
            undo={({ id }) =>
              actions.undo.mutate(id, { onError, onSuccess: (note) => note && notify(note) })
            }
            redo={({ id }) =>
              actions.redo.mutate(id, { onError, onSuccess: (note) => note && notify(note) })
            }
            footer={<Where job={job} title={titles.get(job.canvasId ?? '')} />}
          />
        </div>
      ))}
    </Stack>
  );
}

function Where({ job, title }: { job: JobView; title: string | undefined }) {
  const words = t().jobs;
  return (
    <Group gap={6} mt={6}>
      {job.canvasId ? (
        <Anchor
          component={Link}
          href={`/canvas/${job.canvasId}`}
          size="xs"
          underline="always"
          className={classes.canvas}
        >
          {title ?? words.openCanvas}
        </Anchor>
      ) : (
        <Text size="xs" c="dimmed">
          {words.canvasGone}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {timeAgo(job.createdAt)}
      </Text>
      {title !== undefined && <Result job={job} />}
    </Group>
  );
}

/** What it drew, for people who may still open the canvas. */
function Result({ job }: { job: JobView }) {
  const [missing, setMissing] = useState(false);
  const { canvasId, version } = job;
  if (!canvasId || version === null || job.undone || missing) return null;
  return (
    <img
      src={versionThumbnail(canvasId, version)}
      alt=""
      loading="lazy"
      className={classes.result}
      onError={() => setMissing(true)}
    />
  );
}
