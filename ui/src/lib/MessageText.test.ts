import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { entity } from '../samples';
import MessageText from './MessageText.svelte';
import type { Segment } from './types/Segment';

const anna = { text: 'Anna', entity: entity('Anna') };
const plain = (text: string): Segment => ({ text, entity: null });

test.each<[string, Segment[]]>([
  ['spaces around an entity', [plain('call '), anna, plain(' now')]],
  ['entities that touch', [anna, anna, plain('!')]],
  ['spaces and breaks at both ends', [plain('  \n\t'), anna, plain('\n\n  ')]],
  ['a family, a combining mark, Hebrew', [plain('👨‍👩‍👧 e\u0301 שלום '), anna]],
  ['control characters', [plain('a\u0000b\u0007c\u202ed'), anna, plain('\r')]],
  ['markup', [plain('<b>&amp;{x}</b> '), anna]],
  ['nothing', [plain('')]],
])('draws every character and no other: %s', (_, segments) => {
  const { container } = render(MessageText, { segments });
  expect(container.querySelector('p')!.textContent).toBe(segments.map(({ text }) => text).join(''));
  expect(screen.queryAllByTestId('entity')).toHaveLength(segments.filter((each) => each.entity).length);
});

test('text decides its own direction', () => {
  const { container } = render(MessageText, { segments: [plain('שלום')] });
  expect(container.querySelector('p')).toHaveAttribute('dir', 'auto');
});

test('an entity is named by its text and kind, and describes itself on focus until Escape', async () => {
  const user = userEvent.setup();
  const nine = entity('at 9', { entity: 'datetime', confidence: 1, value: '2026-11-25T09:00:00+01:00', source: 'rule' });
  render(MessageText, { segments: [plain('call '), { text: 'at 9', entity: nine }] });

  const mark = screen.getByRole('button', { name: 'at 9, Date and time' });
  expect(mark).not.toHaveAccessibleDescription();

  await user.tab();
  expect(mark).toHaveFocus();
  for (const detail of ['Date and time', '2026-11-25T09:00:00+01:00', 'a rule', '100%']) {
    expect(mark).toHaveAccessibleDescription(expect.stringContaining(detail));
  }

  await user.keyboard('{Escape}');
  expect(mark).not.toHaveAccessibleDescription();
  expect(mark).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(mark).toHaveAccessibleDescription(expect.stringContaining('a rule'));
});

test('the card comes and goes with the pointer, and stays while the pointer is on it', async () => {
  const user = userEvent.setup();
  render(MessageText, { segments: [plain('call '), anna] });
  await user.hover(screen.getByTestId('entity'));
  const card = screen.getByRole('tooltip', { hidden: true });
  expect(card).toHaveTextContent('the model');
  await user.hover(card);
  expect(card).toBeInTheDocument();
  await user.hover(document.body);
  await waitFor(() => expect(screen.queryByRole('tooltip', { hidden: true })).not.toBeInTheDocument());
});
