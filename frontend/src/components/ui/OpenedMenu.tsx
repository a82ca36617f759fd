/** A menu that takes the place of the button which asked for it, and opens. */
import { Menu } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import {
  cloneElement,
  Fragment,
  useEffect,
  useRef,
  useState,
  type ComponentPropsWithRef,
  type ReactElement,
  type ReactNode,
} from 'react';
import { Link } from 'wouter';

export interface MenuEntry {
  key: string;
  label: ReactNode;
  icon: ReactNode;
  /** Beside the words. */
  sign?: ReactNode;
  /** For screen readers, where the words alone say too little. */
  name?: string;
  /** A page to go to. */
  href?: string;
  /** It takes something away. */
  dangerous?: boolean;
  disabled?: boolean;
  /** A line stands above it. */
  apart?: boolean;
  onSelect?: () => void;
}

export interface MenuProps {
  target: ReactElement<ComponentPropsWithRef<'button'>>;
  title?: string;
  entries: readonly MenuEntry[];
  className?: string | undefined;
}

export default function OpenedMenu({ target, title, entries, className }: MenuProps) {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const ref = useMergedRef(button, target.props.ref);
  useEffect(() => {
    // It has to see itself opened with the focus on its button to give the focus back.
    button.current?.focus();
    const frame = requestAnimationFrame(() => setOpened(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" shadow="md">
      <Menu.Target>{cloneElement(target, { ref })}</Menu.Target>
      <Menu.Dropdown {...(className && { className })}>
        {title && <Menu.Label>{title}</Menu.Label>}
        {entries.map(({ key, apart, ...entry }) => (
          <Fragment key={key}>
            {apart && <Menu.Divider />}
            <Entry {...entry} />
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Entry(entry: Omit<MenuEntry, 'key' | 'apart'>) {
  const { label, icon, sign, name, href, dangerous, disabled, onSelect } = entry;
  const looks = {
    leftSection: icon,
    rightSection: sign,
    ...(name && { 'aria-label': name }),
    ...(dangerous && { c: 'var(--color-failure)' }),
    ...(disabled && { disabled }),
    ...(onSelect && { onClick: onSelect }),
  };
  if (href) {
    return (
      <Menu.Item component={Link} href={href} {...looks}>
        {label}
      </Menu.Item>
    );
  }
  return <Menu.Item {...looks}>{label}</Menu.Item>;
}
