import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import App from '../../App.svelte';
import { conversation, FakeApi, line } from '../../samples';
import { PAGE } from '../conversation.svelte';

async function open() {
  const api = new FakeApi();
  api.rows = [conversation(2, 'Later', 1), conversation(1, 'Earlier', 3 * PAGE)];
  api.lines = Array.from({ length: 3 * PAGE }, (_, index) => line(index + 1, `message ${index + 1}`));
  api.lines.push(line(999, 'the latest', { conversation: 2 }));
  const user = userEvent.setup();
  render(App, { api });
  await waitFor(() => expect(screen.getByTestId('status')).not.toHaveTextContent('Loading'));
  return { api, user };
}

const texts = () => screen.getAllByTestId('message').map((each) => each.querySelector('p')!.textContent);

test('from the box to the place in the conversation, and back to writing', async () => {
  const { api, user } = await open();
  await waitFor(() => expect(texts()).toEqual(['the latest']));
  await user.keyboard('{Control>}k{/Control}');
  await user.type(screen.getByTestId('search-box'), 'message 100');
  await user.click(await screen.findByTestId('result'));
  await waitFor(() => expect(texts()).toContain('message 100'));
  expect(api.place).toHaveBeenCalledWith(100);
  expect(screen.queryByTestId('search')).not.toBeInTheDocument();
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Earlier');
  await waitFor(() => expect(screen.getByText('message 100').closest('article')).toHaveFocus());

  await user.type(screen.getByTestId('composer'), 'new{Enter}');
  await waitFor(() => expect(api.send).toHaveBeenCalledWith(1, 'new'));
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
