import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { show } from '../../../test/render';
import { LazyMenu } from '../LazyMenu';

function open(onSelect = vi.fn()) {
  const entries = [
    { key: 'rename', label: 'Rename', icon: null, onSelect },
    { key: 'settings', label: 'Settings', icon: null, href: '/settings' },
  ];
  show(<LazyMenu target={<button>More</button>} entries={entries} />);
  return onSelect;
}

describe('a menu', () => {
  it('says that it is one before it is loaded, opens when it is, and does what is chosen', async () => {
    const onSelect = open();
    const button = screen.getByRole('button', { name: 'More' });
    expect(button).toHaveAttribute('aria-haspopup', 'menu');
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(button);
    const item = await screen.findByRole('menuitem', { name: 'Rename' });
    expect(screen.getByRole('button', { name: 'More' })).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByRole('menuitem', { name: 'Settings' })).toHaveAttribute('href', '/settings');
    await userEvent.click(item);
    expect(onSelect).toHaveBeenCalledOnce();
  });

  it('gives the focus back to its button, although another one asked for it', async () => {
    open();
    screen.getByRole('button', { name: 'More' }).focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('menuitem', { name: 'Rename' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.getByRole('button', { name: 'More' })).toHaveFocus());
    await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull());
  });
});
