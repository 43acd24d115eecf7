import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { analysis, FakeApi, line } from '../../samples';
import { PAGE, quoted, Search } from './search.svelte';
import SearchDialog from './SearchDialog.svelte';

function withLines(count = 3) {
  const api = new FakeApi();
  api.lines = Array.from({ length: count }, (_, index) => line(index + 1, `boiler ${index + 1}`, { analysis }));
  return api;
}

function open(api = withLines(), query = '') {
  const user = userEvent.setup();
  const heard = { onopen: vi.fn(), oninsight: vi.fn(), onexport: vi.fn(), onclose: vi.fn() };
  render(SearchDialog, { api, query, now: Date.UTC(2026, 10, 25), ...heard });
  return { api, user, box: screen.getByTestId('search-box'), ...heard };
}

test('the box has the keyboard at once, and says what can be written in it', async () => {
  const { api, user, box } = open();
  expect(box).toHaveFocus();
  expect(box).toHaveAttribute('role', 'combobox');
  await user.click(screen.getByRole('button', { name: /from:me/ }));
  expect(box).toHaveValue('from:me ');
  expect(box).toHaveFocus();
  await waitFor(() => expect(api.search).toHaveBeenCalledWith('from:me ', 'newest', null, PAGE));
});

test('what is typed is looked for when the typing pauses, and what was found stands out', async () => {
  const { api, user, box } = open();
  await user.type(box, 'boiler');
  const results = await screen.findAllByRole('option');
  expect(results.map((each) => each.querySelector('mark')?.textContent)).toEqual(['boiler 3', 'boiler 2', 'boiler 1']);
  expect(results[0]).toHaveTextContent('Kitchen');
  expect(results[0]).toHaveTextContent('Reminder update');
  expect(screen.getByTestId('search-status')).toHaveTextContent('3 messages found');
  expect(api.search.mock.calls.length).toBeLessThan('boiler'.length);
});

test('the arrows choose and Enter opens the place', async () => {
  const { user, box, onopen } = open(withLines(), 'boiler');
  await screen.findAllByRole('option');
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}');
  const chosen = screen.getByRole('option', { selected: true });
  expect(chosen).toHaveTextContent('boiler 2');
  expect(box).toHaveAttribute('aria-activedescendant', chosen.id);
  await user.keyboard('{Enter}');
  expect(onopen).toHaveBeenCalledWith(expect.objectContaining({ id: 2, conversation: 1 }));
});

test('a click opens the place too', async () => {
  const { user, onopen } = open(withLines(), 'boiler');
  await user.click((await screen.findAllByTestId('result'))[2]!);
  expect(onopen).toHaveBeenCalledWith(expect.objectContaining({ id: 1 }));
});

test('another order asks again', async () => {
  const { api, user } = open(withLines(), 'boiler');
  await screen.findAllByRole('option');
  await user.click(screen.getByRole('radio', { name: 'Similar in meaning' }));
  await waitFor(() => expect(api.search).toHaveBeenLastCalledWith('boiler', 'similar', null, PAGE));
});

test('nothing found is said, with another way to look', async () => {
  const { api, user } = open(withLines(), 'zebra');
  expect(await screen.findByTestId('search-none')).toHaveTextContent('Nothing was said');
  await user.click(screen.getByRole('button', { name: 'Look for similar meaning' }));
  await waitFor(() => expect(api.search).toHaveBeenLastCalledWith('zebra', 'similar', null, PAGE));
});

test('what cannot be read is said beside the box', async () => {
  const api = withLines();
  api.search.mockRejectedValue({ code: 'input', message: 'there is no form: to search by' });
  const { box } = open(api, 'form:anna');
  await waitFor(() => expect(screen.getByTestId('search-status')).toHaveTextContent('there is no form:'));
  expect(box).toHaveAttribute('aria-invalid', 'true');
});

test('what was found can be pictured and exported', async () => {
  const { user, oninsight, onexport } = open(withLines(), 'boiler');
  await user.click(await screen.findByTestId('search-insight'));
  await user.click(screen.getByTestId('search-export'));
  expect(oninsight).toHaveBeenCalledWith('boiler');
  expect(onexport).toHaveBeenCalledWith('boiler');
});

test('more is fetched page by page, each message once', async () => {
  const api = withLines(2 * PAGE + 5);
  const search = new Search(api);
  search.ask('boiler', 'newest');
  await vi.waitFor(() => expect(search.hits).toHaveLength(PAGE));
  await search.more('boiler', 'newest');
  await search.more('boiler', 'newest');
  expect(search.hits.map(({ id }) => id)).toEqual(api.lines.map(({ id }) => id).reverse());
  const asked = api.search.mock.calls.length;
  await search.more('boiler', 'newest');
  expect(api.search).toHaveBeenCalledTimes(asked);
});

test('an answer that comes late does not take the place of a later one', async () => {
  const api = withLines();
  let late: () => void = () => {};
  const first = new Promise<void>((resolve) => (late = resolve));
  api.search.mockImplementationOnce(async () => {
    await first;
    return { hits: [], next: null, total: 0 };
  });
  const search = new Search(api);
  search.ask('old', 'newest');
  await vi.waitFor(() => expect(api.search).toHaveBeenCalledTimes(1));
  search.ask('boiler', 'newest');
  await vi.waitFor(() => expect(search.hits).toHaveLength(3));
  late();
  await first;
  expect(search.hits).toHaveLength(3);
  expect(search.answered).toBe('boiler');
});

test('a name in a query is one value whatever is in it', () => {
  expect(quoted('Anna Maria')).toBe('"Anna Maria"');
  expect(quoted('the "Boss"')).toBe('"the  Boss"');
});
