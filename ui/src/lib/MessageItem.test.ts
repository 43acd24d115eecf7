import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { analysis, shown } from '../samples';
import MessageItem from './MessageItem.svelte';

const callbacks = () => ({ onretry: vi.fn(), onedit: vi.fn() });

test('a tagged message says what is wanted and how surely, how it is said and how it feels, in words', () => {
  render(MessageItem, { shown: shown(1, 'call Anna', { analysis }), ...callbacks() });
  expect(screen.getByRole('button', { name: 'Intent: Reminder update 98%' })).toHaveTextContent('Reminder update 98%');
  expect(screen.getByTestId('chip-intent')).toHaveAttribute('data-name', 'reminder_update');
  expect(screen.getByTestId('chip-act')).toHaveTextContent('Request');
  expect(screen.getByTestId('chip-sentiment')).toHaveTextContent('Positive');
});

test('what the user set stands as theirs, with the model’s word beside it', () => {
  const correction = { intent: 'timer', act: null, sentiment: 'negative' as const, entities: [] };
  render(MessageItem, { shown: shown(1, 'call Anna', { analysis, correction, edited: 0 }), ...callbacks() });
  const chip = screen.getByTestId('chip-intent');
  expect(chip).toHaveAccessibleName('Intent: Timer, set by you, model: Reminder update 98%');
  expect(chip).toHaveAttribute('data-source', 'user');
  expect(chip.parentElement).toHaveTextContent('Timer model: Reminder update 98%');
  expect(screen.getByTestId('chip-act')).toHaveAttribute('data-source', 'model');
  expect(screen.getByTestId('chip-sentiment')).toHaveAttribute('data-name', 'negative');
  expect(screen.getByTestId('edited')).toHaveTextContent('edited');
});

test('an answer has no tags', () => {
  render(MessageItem, { shown: shown(2, 'Noted.', { speaker: 'assistant' }), ...callbacks() });
  expect(screen.getByRole('article', { name: /^Sotto, / })).toHaveTextContent('Noted.');
  expect(screen.queryByTestId('chip-intent')).not.toBeInTheDocument();
});

test('somebody from an imported log is named', () => {
  render(MessageItem, { shown: shown(3, 'hi', { speaker: 'Marie', source: 'imported' }), ...callbacks() });
  expect(screen.getByRole('article', { name: /^Marie, / })).toHaveTextContent(/Marie.*hi/);
});

test('a failed message keeps its text, says why, and can be sent again or edited', async () => {
  const user = userEvent.setup();
  const asked = callbacks();
  const problem = { code: 'store', message: 'The disk is full.' };
  render(MessageItem, { shown: { ...shown(0, 'dear diary'), state: 'failed', problem }, ...asked });
  expect(screen.getByRole('article')).toHaveTextContent('dear diary');
  expect(screen.getByRole('alert')).toHaveTextContent('The disk is full.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await user.click(screen.getByRole('button', { name: 'Edit' }));
  expect(asked.onretry).toHaveBeenCalledOnce();
  expect(asked.onedit).toHaveBeenCalledOnce();
});
