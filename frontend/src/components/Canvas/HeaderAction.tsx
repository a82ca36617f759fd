/** A button of the canvas's header: icon and word, only the icon on a phone. */
import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import classes from './HeaderAction.module.css';

interface Props
  extends ButtonProps, Omit<ComponentPropsWithRef<'button'>, keyof ButtonProps | 'children'> {
  label: string;
  icon: ReactNode;
}

export function HeaderAction({ label, icon, ...rest }: Props) {
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={icon}
      aria-label={label}
      classNames={{ root: classes.root, section: classes.section, label: classes.label }}
      {...rest}
    >
      {label}
    </Button>
  );
}
