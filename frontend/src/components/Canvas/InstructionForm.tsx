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
import { language, t } from '../../i18n';
import { TEMPLATES } from '../templates';
import { COLOR_SCHEMES, soundsLikeChange, STYLES, SWATCHES } from './drawingChoices';
import classes from './InstructionForm.module.css';
import { Suggestions } from './Suggestions';
import type { Draft, DraftChange } from './useDraft';

interface Props {
  selection: readonly string[];
  isEmpty: boolean;
  inputRef: Ref<HTMLTextAreaElement>;
  draft: Draft;
  onDraft: (change: DraftChange) => void;
  onClearSelection: () => void;
  onClose: () => void;
  onSubmit: (wish: Omit<DrawRequest, 'viewport'>) => Promise<void>;
}

const options = (values: readonly string[], names: Readonly<Record<string, string>>) =>
  values.map((value) => ({ value, label: names[value] ?? value }));

export function InstructionForm(props: Props) {
  const { selection, isEmpty, inputRef, draft, onDraft } = props;
  const { onClearSelection, onClose, onSubmit } = props;
  const { instructions, style, colors, intent } = draft;
  const words = t().canvas;
  const config = useConfig();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const limit = config?.limits.instructions ?? 4000;
  const models = config?.models ?? [];
  const model = models.find(({ id }) => id === draft.model) ?? models[0];
  const offline = model?.offline ?? config?.planner.offline;
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
    try {
      await onSubmit({
        instructions,
        style,
        colorScheme: colors,
        modify,
        ...(selection.length > 0 && { selection: [...selection] }),
        ...(model && models.length > 1 && { model: model.id }),
      });
      // What was written meanwhile is the next one.
      onDraft((now) =>
        now.instructions === instructions ? { instructions: '', intent: null, refusal: null } : {},
      );
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
        {offline && (
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
          onChange={(event) => onDraft({ instructions: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
            if (event.key === 'Escape') onClose();
            event.stopPropagation();
          }}
        />
        {draft.refusal && (
          <Alert color="orange" variant="light" p="xs">
            <Text
              size="xs"
              {...(draft.refusal.language !== language() && { lang: draft.refusal.language })}
            >
              {draft.refusal.sentence}
            </Text>
            <Suggestions
              refusal={draft.refusal}
              choose={(text) => onDraft({ instructions: text, intent: 'new', refusal: null })}
            />
          </Alert>
        )}
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
            onChange={(value) => onDraft({ intent: value === 'change' ? 'change' : 'new' })}
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
            onChange={(event) => onDraft({ style: event.currentTarget.value })}
          />
          <NativeSelect
            label={words.colors}
            data={options(config?.color_schemes ?? COLOR_SCHEMES, words.schemes)}
            value={colors}
            onChange={(event) => onDraft({ colors: event.currentTarget.value })}
            leftSection={<Swatches scheme={colors} />}
            leftSectionWidth={46}
            leftSectionPointerEvents="none"
          />
        </Group>
        {models.length > 1 && (
          <NativeSelect
            label={words.model}
            data={models.map(({ id, label }) => ({ value: id, label }))}
            value={model?.id ?? ''}
            onChange={(event) => onDraft({ model: event.currentTarget.value })}
          />
        )}
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
                  onClick={() => onDraft({ instructions: t().home.templateTexts[name] })}
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
