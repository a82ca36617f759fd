/** Templates: a click makes a new canvas on which our own engine draws. */
import { Text, UnstyledButton } from '@mantine/core';
import {
  IconBinaryTree,
  IconBrain,
  IconColumns3,
  IconGitBranch,
  IconServer2,
  IconTimeline,
  type Icon,
} from '@tabler/icons-react';
import type { Wish } from '../../hooks/useNewCanvas';
import { t } from '../../i18n';
import { TEMPLATES, type Template } from '../templates';
import classes from './TemplateRow.module.css';

const ICONS: Record<Template, Icon> = {
  flow: IconGitBranch,
  architecture: IconServer2,
  mind: IconBrain,
  org: IconBinaryTree,
  kanban: IconColumns3,
  sequence: IconTimeline,
};

interface Props {
  busy: boolean;
  onChoose: (template: Wish) => void;
}

export function TemplateRow({ busy, onChoose }: Props) {
  const words = t().home;
  return (
    <section aria-labelledby="templates" className={classes.section}>
      <Text size="sm" c="dimmed" mb={8} component="h2" id="templates" fw={400}>
        {words.templates}
      </Text>
      <div className={classes.row}>
        {TEMPLATES.map((name) => {
          const Picture = ICONS[name];
          const title = words.templateTitles[name];
          return (
            <UnstyledButton
              key={name}
              disabled={busy}
              className={classes.template}
              onClick={() => onChoose({ title, instructions: words.templateTexts[name] })}
            >
              <Picture size={18} stroke={1.6} aria-hidden />
              {title}
            </UnstyledButton>
          );
        })}
      </div>
    </section>
  );
}
