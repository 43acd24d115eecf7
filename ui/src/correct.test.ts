/** Correcting, deleting and arranging in the whole window. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import App from './App.svelte';
import { analysis, conversation, entity, FakeApi, line } from './samples';

const anna = entity('Anna', { start: 5, end: 9 });
const segments = [
  { text: 'call ', entity: null },
  { text: 'Anna', entity: anna },
  { text: ' at home', entity: null },
];

async function open() {
  const api = new FakeApi();
  api.rows = [conversation(1, 'Calls', 2)];
  api.lines = [
    line(1, 'call Anna at home', { analysis: { ...analysis, entities: [anna] }, segments }),
    line(2, 'I will remind you.', { speaker: 'assistant', source: 'assistant' }),
  ];
  const user = userEvent.setup();
  render(App, { api });
  await screen.findByTestId('chip-intent');
  return { api, user };
}

test('a tag is corrected by keyboard, and corrected back from the toast', async () => {
  const { api, user } = await open();
  const chip = screen.getByTestId('chip-intent');
  chip.focus();
  await user.keyboard('{Enter}');
  const search = await screen.findByRole('combobox', { name: 'Intent of this message' });
  expect(search).toHaveFocus();
  expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Reminder update 98%');
  await user.keyboard('tim');
  expect(screen.getAllByRole('option').map((each) => each.textContent?.trim())).toEqual(['Timer']);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(chip).toHaveTextContent('Timer'));
  expect(api.correct).toHaveBeenCalledWith(1, { intent: 'timer', act: null, sentiment: null, entities: [] });
  expect(chip).toHaveFocus();
  expect(screen.getByTestId('toast')).toHaveTextContent('Intent is now “Timer”.');

  await user.click(within(screen.getByTestId('toast')).getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(chip).toHaveTextContent('Reminder update'));
  expect(chip).toHaveAttribute('data-source', 'model');
});

test('Escape leaves a tag as it was, and so does whoever looks elsewhere', async () => {
  const { api, user } = await open();
  await user.click(screen.getByTestId('chip-sentiment'));
  expect(await screen.findAllByRole('option')).toHaveLength(3);
  await user.keyboard('{ArrowDown}{Escape}');
  expect(screen.queryByTestId('picker')).not.toBeInTheDocument();
  expect(screen.getByTestId('chip-sentiment')).toHaveFocus();
  await user.click(screen.getByTestId('chip-act'));
  await screen.findByTestId('picker');
  await user.click(screen.getByTestId('composer'));
  expect(screen.queryByTestId('picker')).not.toBeInTheDocument();
  expect(api.correct).not.toHaveBeenCalled();
});

test('an entity is relabelled, and removed with one key', async () => {
  const { api, user } = await open();
  const mark = screen.getByTestId('entity');
  mark.focus();
  await user.keyboard('{Enter}');
  await screen.findByRole('combobox', { name: '“Anna” is a' });
  await user.keyboard('pla{Enter}');
  const marked = { start: 5, end: 9, text: 'Anna', entity: 'location', value: 'Anna' };
  await waitFor(() => expect(api.correct).toHaveBeenCalledWith(1, expect.objectContaining({ entities: [marked] })));
  screen.getByTestId('entity').focus();
  await user.keyboard('{Delete}');
  const removed = { ...marked, entity: null };
  await waitFor(() => expect(api.correct).toHaveBeenLastCalledWith(1, expect.objectContaining({ entities: [removed] })));
});

test('selected words are marked', async () => {
  const { api, user } = await open();
  const text = screen.getByTestId('entity').closest('p')!;
  const home = [...text.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && /home/.test(node.textContent!))!;
  getSelection()!.setBaseAndExtent(home, 3, home, 8);
  document.dispatchEvent(new Event('selectionchange'));
  await user.click(await screen.findByTestId('mark'));
  await screen.findByRole('combobox', { name: '“home” is a' });
  await user.keyboard('place{Enter}');
  const marked = { start: 13, end: 17, text: 'home', entity: 'location', value: 'home' };
  await waitFor(() => expect(api.correct).toHaveBeenCalledWith(1, expect.objectContaining({ entities: [marked] })));
});

test('the details say who set each tag, and mark words by keyboard alone', async () => {
  const { api, user } = await open();
  await user.click(screen.getAllByRole('button', { name: 'Details' })[0]!);
  const details = within(await screen.findByTestId('details'));
  expect(details.getByRole('heading', { name: 'About this message' })).toBeInTheDocument();
  expect(details.getByTestId('source-intent')).toHaveTextContent('by the model');
  expect(details.getByRole('table', { name: /Feeling/ })).toHaveTextContent(/Negative.*10%.*Positive.*80%/);
  expect(details.getByText(/sotto-squeezebert-s 1\.2\.3/)).toBeInTheDocument();

  await user.click(details.getByTestId('correct-act'));
  await user.keyboard('que{Enter}');
  await waitFor(() => expect(details.getByTestId('source-act')).toHaveTextContent('by you'));
  expect(details.getByText('model: Request 90%')).toBeInTheDocument();

  const box = details.getByTestId<HTMLTextAreaElement>('mark-text');
  box.setSelectionRange(13, 17);
  await user.click(details.getByTestId('mark-selected'));
  await screen.findByRole('combobox', { name: '“home” is a' });
  await user.keyboard('{Escape}');

  await user.keyboard('{Escape}');
  expect(screen.queryByTestId('details')).not.toBeInTheDocument();
  expect(api.correct).toHaveBeenCalledOnce();
});

test('a conversation is renamed, pinned, put away and found there', async () => {
  const { api, user } = await open();
  const menu = async (item: string) => {
    await user.click(screen.getByRole('button', { name: /^More for/ }));
    await user.click(screen.getByRole('menuitem', { name: item }));
  };
  await menu('Rename');
  await user.keyboard('Phone{Enter}');
  await waitFor(() => expect(screen.getByTestId('conversation')).toHaveTextContent('Phone'));
  expect(api.arrange).toHaveBeenLastCalledWith(1, { title: 'Phone' });

  await menu('Pin');
  await waitFor(() => expect(screen.getByTestId('conversation')).toHaveTextContent('Pinned'));
  await menu('Archive');
  await waitFor(() => expect(screen.queryByTestId('conversation')).not.toBeInTheDocument());
  const archive = screen.getByRole('button', { name: 'Archived (1)' });
  expect(archive).toHaveAttribute('aria-expanded', 'false');
  await user.click(archive);
  await menu('Bring back from the archive');
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Archived/ })).not.toBeInTheDocument());
  expect(screen.getByTestId('conversation')).toHaveTextContent('Phone');
});

test('a deleted conversation comes back with Ctrl+Z', async () => {
  const { api, user } = await open();
  screen.getByTestId('conversation').focus();
  await user.keyboard('{Delete}');
  await waitFor(() => expect(screen.getByTestId('toast')).toHaveTextContent('“Calls” was deleted.'));
  expect(screen.queryByTestId('conversation')).not.toBeInTheDocument();
  expect(screen.queryByTestId('message')).not.toBeInTheDocument();
  await user.keyboard('{Control>}z{/Control}');
  expect(await screen.findByTestId('conversation')).toHaveTextContent('Calls');
  expect(await screen.findAllByTestId('message')).toHaveLength(2);
  expect(api.bringBack).toHaveBeenCalledOnce();
});

test('a menu is walked through by arrows and left by Escape', async () => {
  const { user } = await open();
  const more = screen.getByRole('button', { name: /^More for/ });
  more.focus();
  await user.keyboard('{Enter}');
  expect(screen.getByRole('menuitem', { name: 'Rename' })).toHaveFocus();
  await user.keyboard('{ArrowUp}');
  expect(screen.getByRole('menuitem', { name: 'Delete' })).toHaveFocus();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('menu')).not.toBeInTheDocument();
  expect(more).toHaveFocus();
});

test('off the record is said wherever it is so, and closing leaves nothing to undo', async () => {
  const { api, user } = await open();
  api.deleteConversation.mockImplementationOnce(async (id) => {
    api.rows = api.rows.filter((row) => row.id !== id);
    return { undo: null, conversation: id, messages: 0 };
  });
  await user.keyboard('{Control>}{Shift>}N{/Shift}{/Control}');
  expect(await screen.findByTestId('off-record')).toHaveTextContent('nothing of this is kept');
  const row = screen.getAllByTestId('conversation')[0]!;
  expect(row).toHaveTextContent(/Off the record.*not kept/);
  await user.click(screen.getAllByRole('button', { name: /^More for/ })[0]!);
  await user.click(screen.getByRole('menuitem', { name: 'Close, nothing is kept' }));
  await waitFor(() => expect(screen.getByTestId('toast')).toHaveTextContent('Nothing of it was kept.'));
  expect(within(screen.getByTestId('toast')).queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
});

test('the answers that a question offers are a click away', async () => {
  const { api, user } = await open();
  await user.type(screen.getByTestId('composer'), 'erm{Enter}');
  await waitFor(() => expect(api.send).toHaveBeenCalled());
  api.answer({ slot: 'intent', choices: ['set a timer', 'remind you'] });
  const offered = await screen.findByRole('list', { name: 'Answers' });
  await user.click(within(offered).getByRole('button', { name: 'remind you' }));
  await waitFor(() => expect(api.send).toHaveBeenLastCalledWith(1, 'remind you'));
  expect(screen.queryByRole('list', { name: 'Answers' })).not.toBeInTheDocument();
});
