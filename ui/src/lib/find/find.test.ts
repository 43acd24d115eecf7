import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import App from '../../App.svelte';
import { conversation, FakeApi, line } from '../../samples';
import { PAGE } from '../conversation.svelte';

async function open() {
  const api = new FakeApi();
  api.rows = [conversation(2, 'Later'), conversation(1, 'Earlier')];
  api.lines = Array.from({ length: 3 * PAGE }, (_, index) => line(index + 1, `message ${index + 1}`));
  api.lines.push(line(999, 'the latest', { conversation: 2 }));
  const user = userEvent.setup();
  render(App, { api });
  await waitFor(() => expect(screen.getByTestId('status')).not.toHaveTextContent('Loading'));
  return { api, user };
}

const texts = () => screen.getAllByTestId('message').map((each) => each.querySelector('p')!.textContent);

test('from the box to the place in the conversation, and on from there', async () => {
  const { user } = await open();
  await user.keyboard('{Control>}k{/Control}');
  await user.type(screen.getByTestId('search-box'), 'message 100');
  await user.click(await screen.findByTestId('result'));
  await waitFor(() => expect(texts()).toContain('message 100'));
  expect(texts()).toHaveLength(PAGE);
  expect(texts()[0]).toBe('message 50');
  expect(screen.queryByTestId('search')).not.toBeInTheDocument();
  const place = screen.getByText('message 100').closest('article');
  await waitFor(() => expect(place).toHaveFocus());

  await user.click(screen.getByTestId('to-latest'));
  await waitFor(() => expect(texts().at(-1)).toBe(`message ${3 * PAGE}`));
  expect(screen.queryByTestId('to-latest')).not.toBeInTheDocument();
});

test('writing goes on at the end, wherever the list was', async () => {
  const { api, user } = await open();
  await user.keyboard('{Control>}k{/Control}');
  await user.type(screen.getByTestId('search-box'), 'message 100');
  await user.click(await screen.findByTestId('result'));
  await waitFor(() => expect(texts()).toContain('message 100'));
  await user.type(screen.getByTestId('composer'), 'new{Enter}');
  await waitFor(() => expect(api.send).toHaveBeenCalledWith(1, 'new'));
  await waitFor(() => expect(texts()).toContain(`message ${3 * PAGE}`));
  expect(texts()).toContain('new');
  expect(texts()).not.toContain('message 100');
});

test('each dialog has its keys, and one is open at a time', async () => {
  const { user } = await open();
  for (const [key, name] of [['k', 'search'], ['i', 'insight'], ['e', 'export-dialog'], ['o', 'import-dialog']] as const) {
    await user.keyboard(`{Control>}${key}{/Control}`);
    expect(await screen.findByTestId(name)).toBeInTheDocument();
    await user.keyboard('{Control>}n{/Control}');
    expect(screen.getByTestId(name)).toBeInTheDocument();
    await user.click(screen.getByTestId('close'));
    await waitFor(() => expect(screen.queryByTestId(name)).not.toBeInTheDocument());
    expect(screen.getByTestId('composer')).toHaveFocus();
  }
});

test('what is kept of a search stands there the next time', async () => {
  const { user } = await open();
  await user.click(screen.getByTestId('search-button'));
  await user.type(screen.getByTestId('search-box'), 'boiler');
  await user.click(screen.getByTestId('close'));
  await user.click(screen.getByTestId('search-button'));
  expect(screen.getByTestId('search-box')).toHaveValue('boiler');
});

test('files dropped on the window are looked at', async () => {
  const { api } = await open();
  api.dropped({ what: 'over' });
  expect(await screen.findByText('Let go to see what is in it')).toBeInTheDocument();
  api.dropped({ what: 'dropped', paths: ['/home/anna/chat.txt'] });
  expect(await screen.findByTestId('import-file')).toBeInTheDocument();
  expect(screen.queryByText('Let go to see what is in it')).not.toBeInTheDocument();
});
