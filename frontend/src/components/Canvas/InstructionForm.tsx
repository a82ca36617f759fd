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
import { t } from '../../i18n';
import { TEMPLATES } from '../templates';
import { COLOR_SCHEMES, soundsLikeChange, STYLES, SWATCHES } from './drawingChoices';
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

const options = (values: readonly string[], names: Readonly<Record<string, string>>) =>
  values.map((value) => ({ value, label: names[value] ?? value }));

export function InstructionForm(props: Props) {
  const { selection, isEmpty, inputRef, onClearSelection, onClose, onSubmit } = props;
  const words = t().canvas;
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
      setError(instructions.trim() ? null : words.needInstructions);
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
            <Text size="xs">{words.offlinePlanner}</Text>
          </Alert>
        )}
        <Textarea
          ref={inputRef}
          label={words.instructions}
          placeholder={words.placeholder}
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
            {words.characters(instructions.length, limit)}
          </Text>
        )}
        {selection.length > 0 && (
          <Group gap="xs">
            <Pill
              withRemoveButton
              onRemove={onClearSelection}
              removeButtonProps={{
                'aria-label': words.ignoreSelection,
                'aria-hidden': false,
                tabIndex: 0,
              }}
            >
              {words.selected(selection.length)}
            </Pill>
            <Text size="xs" c="dimmed">
              {words.changesSelection}
            </Text>
          </Group>
        )}
        {asksIntent && (
          <SegmentedControl
            size="xs"
            fullWidth
            aria-label={words.whatToDo}
            value={chosen}
            onChange={(value) => setIntent(value === 'change' ? 'change' : 'new')}
            data={[
              { value: 'new', label: words.addNew },
              { value: 'change', label: words.changeHere },
            ]}
          />
        )}
        <Group grow gap="sm" align="flex-end">
          <NativeSelect
            label={words.style}
            data={options(config?.styles ?? STYLES, words.styles)}
            value={style}
            onChange={(event) => setStyle(event.currentTarget.value)}
          />
          <NativeSelect
            label={words.colors}
            data={options(config?.color_schemes ?? COLOR_SCHEMES, words.schemes)}
            value={colors}
            onChange={(event) => setColors(event.currentTarget.value)}
            leftSection={<Swatches scheme={colors} />}
            leftSectionWidth={46}
            leftSectionPointerEvents="none"
          />
        </Group>
        <Button type="submit" fullWidth loading={busy} leftSection={<IconPencil size={16} />}>
          {words.draw}
        </Button>
        {isEmpty && !instructions && (
          <div>
            <Text size="xs" c="dimmed" mb={6}>
              {words.examples}
            </Text>
            <Group gap={6}>
              {TEMPLATES.map((name) => (
                <UnstyledButton
                  key={name}
                  className={classes.example}
                  onClick={() => setInstructions(t().home.templateTexts[name])}
                >
                  {t().home.templateTitles[name]}
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
