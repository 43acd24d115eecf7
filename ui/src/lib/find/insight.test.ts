import * as plot from '@observablehq/plot';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { FakeApi, insight } from '../../samples';
import { fullDate } from '../calendar';
import { charts, queryOf, type Chart } from './chart';
import ChartCard from './ChartCard.svelte';
import InsightDialog from './InsightDialog.svelte';

const now = Date.UTC(2026, 10, 25, 12);

function open(api = new FakeApi(), more: { conversation?: number | null; query?: string | null } = {}) {
  const user = userEvent.setup();
  const heard = { onchoose: vi.fn(), onclose: vi.fn() };
  render(InsightDialog, { api, conversation: 3, query: null, now, ...more, ...heard });
  return { api, user, ...heard };
}

test('each picture has a mark for each number, which leads to the messages behind it', () => {
  const all = charts(insight, 'in:3');
  expect(all.map(({ name }) => name)).toEqual(['moods', 'activity', 'intents', 'names', 'acts']);
  for (const chart of all) {
    const drawn = chart.draw(plot, 400);
    const links = [...drawn.querySelectorAll('a')].map((mark) => queryOf(mark.getAttribute('href') ?? mark.getAttribute('xlink:href') ?? ''));
    expect([...links].sort(), chart.name).toEqual(chart.rows.map(({ query }) => query).sort());
    const labels = [...drawn.querySelectorAll('a [aria-label]')];
    expect(labels, chart.name).toHaveLength(chart.rows.length);
    for (const label of labels) expect(label.getAttribute('aria-label')).toMatch(/\d+ messages?$/);
  }
});

test('the queries say whose messages, and which', () => {
  const queries = charts(insight, 'in:3').flatMap(({ rows }) => rows.map(({ query }) => query));
  expect(queries).toContain('sentiment:negative after:2026-11-20 before:2026-11-21 in:3');
  expect(queries).toContain('intent:weather in:3');
  expect(queries).toContain('act:question in:3');
  expect(queries).toContain('person:="Anna" in:3');
  expect(queries).toContain('weekday:fri hour:12 in:3');
});

test('a table stands behind each picture, and its rows lead on as well', async () => {
  const { user, onchoose } = open();
  await waitFor(() => expect(screen.getAllByTestId('chart')).toHaveLength(5));
  const names = within(screen.getByRole('region', { name: 'Who and what was named' }));
  await user.click(names.getByText('As a table'));
  expect(names.getByRole('row', { name: 'Anna Person 3' })).toBeInTheDocument();
  await user.click(names.getByRole('button', { name: 'Anna' }));
  expect(onchoose).toHaveBeenCalledWith('person:="Anna"');
});

test('a picture is one stop of the Tab key, and the arrows go from mark to mark', async () => {
  const { user, onchoose } = open();
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(400);
  const chart: Chart = charts(insight, '').find(({ name }) => name === 'intents')!;
  render(ChartCard, { chart, plot, onchoose });
  const card = screen.getAllByRole('region', { name: 'What was wanted' }).at(-1)!;
  const marks = await within(card).findAllByTestId('mark');
  expect(marks.map((mark) => mark.getAttribute('tabindex'))).toEqual(['0', '-1']);
  marks[0]!.focus();
  await user.keyboard('{ArrowDown}');
  expect(marks[1]).toHaveFocus();
  await user.keyboard('{ArrowDown}{Home}{End}');
  expect(marks[1]).toHaveFocus();
  expect(marks[1]).toHaveAttribute('aria-label', expect.stringMatching(/Out of scope: 4 messages/));
  await user.click(marks[1]!.querySelector('path, rect')!);
  expect(onchoose).toHaveBeenCalledWith('intent:out_of_scope');
  vi.restoreAllMocks();
});

test('the scope and the period are part of what is counted', async () => {
  const { api, user } = open();
  await waitFor(() => expect(screen.getByTestId('insight-summary')).toHaveTextContent(`12 messages, ${fullDate(insight.first!)}`));
  expect(screen.getByTestId('insight-summary')).toHaveTextContent('10 tagged');
  expect(api.insight).toHaveBeenCalledWith('');
  await user.selectOptions(screen.getByTestId('insight-scope'), 'This conversation');
  await user.selectOptions(screen.getByTestId('insight-period'), 'Last 7 days');
  await waitFor(() => expect(api.insight).toHaveBeenLastCalledWith('in:3 after:2026-11-19'));
});

test('what was searched for can be counted', async () => {
  const { api } = open(undefined, { query: 'boiler' });
  await waitFor(() => expect(api.insight).toHaveBeenCalledWith('boiler'));
  expect(screen.getByTestId('insight-scope')).toHaveDisplayValue('What was found: boiler');
});

test('where there is nothing, that is said', async () => {
  const api = new FakeApi();
  api.insight.mockResolvedValue({ ...insight, messages: 0, tagged: 0, first: null, last: null, moods: [], intents: [], acts: [], names: [], activity: [] });
  open(api, { conversation: null });
  expect(await screen.findByTestId('insight-none')).toHaveTextContent('no messages here yet');
  expect(screen.queryByRole('option', { name: 'This conversation' })).not.toBeInTheDocument();
});

test('what goes wrong is said', async () => {
  const api = new FakeApi();
  api.insight.mockRejectedValue({ code: 'store', message: 'The disk is full.' });
  open(api);
  expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full.');
});

test('where nothing can be drawn, the tables stand open', () => {
  const [chart] = charts(insight, '') as [Chart];
  render(ChartCard, { chart, plot: null, undrawn: true, onchoose: vi.fn() });
  expect(screen.getByRole('table')).toBeVisible();
  expect(screen.getAllByRole('row')).toHaveLength(chart.rows.length + 1);
});
