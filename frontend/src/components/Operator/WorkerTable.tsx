/** The processes that run jobs, and what is not known about them. */
import { Alert, Paper, Skeleton, Table, Text, Title } from '@mantine/core';
import { useWorkers } from '../../hooks/useOperator';
import { t } from '../../i18n';
import type { Worker } from '../../types/operator';
import { ErrorNote } from '../ui/ErrorNote';
import { seconds } from '../ui/numbers';

export function WorkerTable() {
  const words = t().operator;
  const { data, error, refetch } = useWorkers();
  return (
    <section aria-labelledby="workers">
      <Title order={2} size="h5" id="workers" mb="sm">
        {words.workers}
      </Title>
      {error && <ErrorNote message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={80} radius="md" />}
      {data?.workers.length === 0 && <Alert color="orange">{words.noWorkers}</Alert>}
      {data && data.workers.length > 0 && (
        <Paper withBorder>
          <Table.ScrollContainer minWidth={300} type="native">
            <Table verticalSpacing="xs" aria-labelledby="workers">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{words.host}</Table.Th>
                  <Table.Th scope="col">{words.running}</Table.Th>
                  <Table.Th scope="col">{words.seen}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.workers.map((worker) => (
                  <Row key={`${worker.host}:${worker.pid}`} worker={worker} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
      {data?.missing && (
        <Text size="xs" c="dimmed" mt={6}>
          {words.missing[data.missing]}
        </Text>
      )}
    </section>
  );
}

function Row({ worker }: { worker: Worker }) {
  const words = t().operator;
  const { slots, running, seen_seconds: seen, circuit } = worker;
  return (
    <Table.Tr>
      <Table.Td>
        {worker.host}
        <Text size="xs" c="dimmed">
          {words.process} {worker.pid ?? words.unknown}
        </Text>
        {circuit && circuit !== 'closed' && (
          <Text size="xs" c="red">
            {words.model}: {words.circuits[circuit]}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{slots === null ? running : words.of(running, slots)}</Table.Td>
      <Table.Td>{seen === null ? words.unknown : words.secondsAgo(seconds(seen))}</Table.Td>
    </Table.Tr>
  );
}
