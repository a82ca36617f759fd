import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mergeEvent } from '../../../sync/jobs';
import { CONFIG, serve, show } from '../../../test/render';
import { InstructionForm } from '../InstructionForm';
import { useDraft } from '../useDraft';

const onSubmit = vi.fn();
const REFUSED = mergeEvent(
  undefined,
  {
    job_id: 'j',
    status: 'failed',
    message: 'Needs its content spelled out.',
    instructions: 'a mind map',
    values: { language: 'en' },
    suggestions: [{ title: 'a mind map', instructions: 'mind map Tea: leaves' }],
  },
  '2026-01-01T00:00:00Z',
);
const onClearSelection = vi.fn();

function Form({ selection, isEmpty }: { selection: string[]; isEmpty: boolean }) {
  const { draft, change, reuse } = useDraft();
  return (
    <>
      <button type="button" onClick={() => reuse(REFUSED)}>
        reuse
      </button>
      <InstructionForm
        selection={selection}
        isEmpty={isEmpty}
        inputRef={createRef()}
        draft={draft}
        onDraft={change}
        onClearSelection={onClearSelection}
        onClose={vi.fn()}
        onSubmit={onSubmit}
      />
    </>
  );
}

function open(selection: string[] = [], isEmpty = true) {
  show(<Form selection={selection} isEmpty={isEmpty} />);
}

const type = (text: string) =>
  userEvent.type(screen.getByRole('textbox', { name: 'Instructions' }), text);
const draw = () => userEvent.click(screen.getByRole('button', { name: 'Draw' }));

beforeEach(() => {
  vi.resetAllMocks();
  onSubmit.mockResolvedValue(undefined);
  serve({ 'GET /api/config': { body: CONFIG } });
});

describe('InstructionForm', () => {
  it('sends the instruction with its style and colors, then is empty', async () => {
    open();
    await type('a -> b');
    await userEvent.selectOptions(screen.getByLabelText('Style'), 'creative');
    await userEvent.selectOptions(screen.getByLabelText('Colors'), 'pastel');
    await draw();
    expect(onSubmit).toHaveBeenCalledWith({
      instructions: 'a -> b',
      style: 'creative',
      colorScheme: 'pastel',
      modify: false,
    });
    expect(screen.getByRole('textbox', { name: 'Instructions' })).toHaveValue('');
  });

  it('says why an instruction was refused, until something else is chosen', async () => {
    open();
    await userEvent.click(screen.getByRole('button', { name: 'reuse' }));
    expect(screen.getByText('Needs its content spelled out.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'a mind map' }));
    expect(screen.getByRole('textbox', { name: 'Instructions' })).toHaveValue(
      'mind map Tea: leaves',
    );
    expect(screen.queryByText('Needs its content spelled out.')).toBeNull();
  });

  it('keeps what is written while the last instruction is on its way', async () => {
    let accept: ((value?: unknown) => void) | undefined;
    onSubmit.mockReturnValue(new Promise((resolve) => (accept = resolve)));
    open();
    await type('a -> b');
    await draw();
    await type(' -> c');
    await act(async () => accept?.());
    expect(screen.getByRole('textbox', { name: 'Instructions' })).toHaveValue('a -> b -> c');
  });

  it('says that the offline planner is not AI', async () => {
    open();
    expect(await screen.findByText(/It is not AI/)).toBeVisible();
  });

  it('asks for an instruction instead of sending an empty one', async () => {
    open();
    await draw();
    expect(onSubmit).not.toHaveBeenCalled();
    expect(screen.getByText('Write what you would like to see.')).toBeVisible();
  });

  it('keeps the text and says why when the job is not accepted', async () => {
    onSubmit.mockRejectedValue(new Error('Too many jobs. Try again shortly.'));
    open();
    await type('a -> b');
    await draw();
    expect(await screen.findByText('Too many jobs. Try again shortly.')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Instructions' })).toHaveValue('a -> b');
  });

  it('changes the selection when there is one, until it is ignored', async () => {
    open(['x', 'y', 'z'], false);
    expect(screen.getByText('3 selected')).toBeVisible();
    await type('make it red');
    await draw();
    expect(onSubmit).toHaveBeenCalledWith(
      expect.objectContaining({ modify: true, selection: ['x', 'y', 'z'] }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Ignore the selection' }));
    expect(onClearSelection).toHaveBeenCalledOnce();
  });

  it('takes "add a cache between ..." for a change of what is there, and lets the person differ', async () => {
    open([], false);
    await type('add a cache between API and DB');
    expect(screen.getByRole('radio', { name: 'Change what is here' })).toBeChecked();
    await userEvent.click(screen.getByRole('radio', { name: 'Add something new' }));
    await draw();
    expect(onSubmit).toHaveBeenCalledWith(expect.objectContaining({ modify: false }));
  });

  it('offers the models where there are several, and sends the chosen one', async () => {
    const models = [
      { id: 'openai:big', label: 'Thorough', offline: false },
      { id: 'offline', label: 'Offline', offline: true },
    ];
    const planner = { name: 'openai:big', offline: false };
    serve({ 'GET /api/config': { body: { ...CONFIG, planner, models } } });
    open();
    const model = await screen.findByRole('combobox', { name: 'Model' });
    expect(model).toHaveValue('openai:big');
    expect(screen.queryByText(/It is not AI/)).toBeNull();
    await userEvent.selectOptions(model, 'Offline');
    expect(screen.getByText(/It is not AI/)).toBeVisible();
    await type('a -> b');
    await draw();
    expect(onSubmit).toHaveBeenCalledWith(expect.objectContaining({ model: 'offline' }));
  });

  it('fills in an example', async () => {
    open();
    await userEvent.click(screen.getByRole('button', { name: 'Org chart' }));
    expect(screen.getByRole('textbox', { name: 'Instructions' })).not.toHaveValue('');
  });
});
