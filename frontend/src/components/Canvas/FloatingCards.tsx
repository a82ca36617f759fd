/** Cards of jobs over the canvas while no panel lists them: few, and how many there are besides. */
import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n';
import classes from './FloatingCards.module.css';
import { useIsPhone } from './useInstructions';

const SHOWN = { desktop: 3, phone: 1 };

interface Props {
  /** The most important first. */
  cards: readonly ReactNode[];
  /** Opens the list of all. */
  onMore?: () => void;
}

export function FloatingCards({ cards, onMore }: Props) {
  const shown = useIsPhone() ? SHOWN.phone : SHOWN.desktop;
  if (cards.length === 0) return null;
  const words = t().jobs.andMore(cards.length - shown);
  return (
    <div className={classes.cards} data-covers>
      {cards.slice(0, shown)}
      {cards.length > shown &&
        (onMore ? (
          <UnstyledButton className={classes.more} onClick={onMore}>
            {words}
          </UnstyledButton>
        ) : (
          <span className={classes.more}>{words}</span>
        ))}
    </div>
  );
}
