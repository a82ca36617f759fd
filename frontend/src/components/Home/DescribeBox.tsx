/** The shortest way to a drawing: say what it is, and a new canvas opens with it. */
import { Button, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { Wish } from '../../hooks/useNewCanvas';
import { useConfig } from '../../hooks/useSession';
import { t } from '../../i18n';
import classes from './DescribeBox.module.css';

interface Props {
  busy: boolean;
  onDraw: (wish: Wish) => void;
}

export function DescribeBox({ busy, onDraw }: Props) {
  const words = t().home;
  const limit = useConfig()?.limits.instructions ?? 4000;
  const [instructions, setInstructions] = useState('');
  const submit = () => {
    if (instructions.trim() && !busy) onDraw({ instructions: instructions.trim() });
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        className={classes.field}
        label={words.describe}
        placeholder={words.describeExample}
        autosize
        minRows={1}
        maxRows={8}
        size="md"
        maxLength={limit}
        value={instructions}
        onChange={(event) => setInstructions(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          submit();
        }}
      />
      <Button
        type="submit"
        size="md"
        loading={busy}
        disabled={!instructions.trim()}
        leftSection={<IconPencil size={18} aria-hidden />}
      >
        {words.drawIt}
      </Button>
    </form>
  );
}
