/** Where an instruction is written, with its style, its colors and what it refers to. */
import {
  Alert,
  Button,
  Group,
  NativeSelect,
  Pill,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  UnstyledButton,
} from '@mantine/core';
import { IconInfoCircle, IconPencil } from '@tabler/icons-react';
import { useState, type Ref } from 'react';
import type { DrawRequest } from '../../hooks/useCanvasJobs';
import { useConfig } from '../../hooks/useSession';
import { COLOR_SCHEMES, EXAMPLES, soundsLikeChange, STYLES, SWATCHES } from './drawingChoices';
import classes from './InstructionForm.module.css';

type Draft = Omit<DrawRequest, 'viewport'>;

interface Props {
  selection: readonly string[];
  isEmpty: boolean;
  inputRef: Ref<HTMLTextAreaElement>;
  onClearSelection: () => void;
  onClose: () => void;
  onSubmit: (draft: Draft) => Promise<void>;
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const options = (values: readonly string[]) =>
  values.map((value) => ({ value, label: capitalised(value) }));

export function InstructionForm(props: Props) {
  const { selection, isEmpty, inputRef, onClearSelection, onClose, onSubmit } = props;
  const config = useConfig();
  const [instructions, setInstructions] = useState('');
  const [style, setStyle] = useState('modern');
  const [colors, setColors] = useState('default');
  const [intent, setIntent] = useState<'new' | 'change' | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const limit = config?.limits.instructions ?? 4000;
  const asksIntent = !isEmpty && selection.length === 0;
  const chosen = intent ?? (soundsLikeChange(instructions) ? 'change' : 'new');

  const submit = async () => {
    if (!instructions.trim() || busy) {
      setError(instructions.trim() ? null : 'Write what you would like to see.');
      return;
    }
    setBusy(true);
    setError(null);
    const modify = selection.length > 0 || (asksIntent && chosen === 'change');
    const draft: Draft = { instructions, style, colorScheme: colors, modify };
    if (selection.length > 0) draft.selection = [...selection];
    try {
      await onSubmit(draft);
      setInstructions('');
      setIntent(null);
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="sm">
        {config?.planner.offline && (
          <Alert color="gray" variant="light" p="xs" icon={<IconInfoCircle size={16} />}>
            <Text size="xs">
              Offline planner: reads outlines, arrows, Mermaid and common requests. It is not AI.
            </Text>
          </Alert>
        )}
        <Textarea
          ref={inputRef}
          label="Instructions"
          placeholder="a -> b -> c, an outline, meeting notes, Mermaid ..."
          autosize
          minRows={3}
          maxRows={10}
          maxLength={limit}
          value={instructions}
          error={error}
          onChange={(event) => setInstructions(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
            if (event.key === 'Escape') onClose();
            event.stopPropagation();
          }}
        />
        {instructions.length > limit * 0.9 && (
          <Text size="xs" c="dimmed" ta="right">
            {instructions.length} of {limit} characters
          </Text>
        )}
        {selection.length > 0 && (
          <Group gap="xs">
            <Pill
              withRemoveButton
              onRemove={onClearSelection}
              removeButtonProps={{
                'aria-label': 'Ignore the selection',
                'aria-hidden': false,
                tabIndex: 0,
              }}
            >
              {selection.length} selected
            </Pill>
            <Text size="xs" c="dimmed">
              The instruction changes the selection.
            </Text>
          </Group>
        )}
        {asksIntent && (
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label="What to do"
            value={chosen}
            onChange={(value) => setIntent(value === 'change' ? 'change' : 'new')}
            data={[
              { value: 'new', label: 'Add something new' },
              { value: 'change', label: 'Change what is here' },
            ]}
          />
        )}
        <Group grow gap="sm" align="flex-end">
          <NativeSelect
            label="Style"
            data={options(config?.styles ?? STYLES)}
            value={style}
            onChange={(event) => setStyle(event.currentTarget.value)}
          />
          <NativeSelect
            label="Colors"
            data={options(config?.color_schemes ?? COLOR_SCHEMES)}
            value={colors}
            onChange={(event) => setColors(event.currentTarget.value)}
            leftSection={<Swatches scheme={colors} />}
            leftSectionWidth={46}
            leftSectionPointerEvents="none"
          />
        </Group>
        <Button type="submit" fullWidth loading={busy} leftSection={<IconPencil size={16} />}>
          Draw
        </Button>
        {isEmpty && !instructions && (
          <div>
            <Text size="xs" c="dimmed" mb={6}>
              Examples
            </Text>
            <Group gap={6}>
              {EXAMPLES.map(({ title, text }) => (
                <UnstyledButton
                  key={title}
                  className={classes.example}
                  onClick={() => setInstructions(text)}
                >
                  {title}
                </UnstyledButton>
              ))}
            </Group>
          </div>
        )}
      </Stack>
    </form>
  );
}

function Swatches({ scheme }: { scheme: string }) {
  return (
    <span className={classes.swatches} aria-hidden>
      {(SWATCHES[scheme] ?? []).map((color) => (
        <span key={color} style={{ background: color }} />
      ))}
    </span>
  );
}
