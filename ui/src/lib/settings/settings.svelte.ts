/**
 * The state of the settings: what is chosen, what is under way, what came of it.
 *
 * A choice is shown at once and taken back if the back end refuses it.
 */
import { problemOf, type Api } from '../api';
import { wear } from '../appearance';
import type { Notice } from '../conversation.svelte';
import { strings } from '../strings';
import type { Preferences } from '../types/Preferences';
import type { Settings } from '../types/Settings';

export class Choices {
  /** Nothing until it is known. */
  known = $state.raw<Settings | null>(null);
  /** Whether something that takes its time is under way. */
  busy = $state(false);
  notice = $state.raw<Notice | null>(null);

  #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  async load(): Promise<void> {
    try {
      this.known = await this.#api.settings();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Chooses some of the preferences anew; true if that went well. */
  async choose(some: Partial<Preferences>): Promise<boolean> {
    const before = this.known;
    if (!before) return false;
    const preferences = { ...before.preferences, ...some };
    this.notice = null;
    this.#prefer(preferences);
    try {
      this.#prefer(await this.#api.choose(preferences));
      return true;
    } catch (error) {
      this.#prefer(before.preferences);
      this.#failed(error);
      return false;
    }
  }

  async startAtLogin(on: boolean): Promise<void> {
    await this.#work(async () => {
      await this.#api.startAtLogin(on);
      return '';
    });
  }

  setRetention(days: number | null): Promise<void> {
    return this.#work(async () => {
      await this.#api.setRetention(days);
      return '';
    });
  }

  /** Deletes everything; true if it is gone. */
  async deleteEverything(): Promise<boolean> {
    let gone = false;
    await this.#work(async () => {
      await this.#api.deleteEverything();
      gone = true;
      return strings.deletedAll;
    });
    return gone;
  }

  openData(): Promise<void> {
    return this.#work(async () => {
      await this.#api.openData();
      return '';
    });
  }

  moveData(remove: boolean): Promise<void> {
    return this.#work(async () => {
      const moved = await this.#api.moveData(strings.moveTo, remove);
      if (!moved) return '';
      const done = strings.moved(moved.to, remove ? null : moved.from);
      return moved.left === null ? done : `${done} ${moved.left}`;
    });
  }

  chooseModel(): Promise<void> {
    return this.#work(async () => {
      const card = await this.#api.chooseModel(strings.chooseModelTitle);
      return card ? strings.modelChanged(card.name, card.version) : '';
    });
  }

  useShippedModel(): Promise<void> {
    return this.#work(async () => {
      const card = await this.#api.useShippedModel();
      return strings.modelChanged(card.name, card.version);
    });
  }

  backUp(): Promise<void> {
    return this.#work(async () => {
      const path = await this.#api.backUp(strings.backUpTitle);
      return path === null ? '' : strings.backedUp(path);
    });
  }

  /** Restores a backup; true if everything is another now. */
  async restore(): Promise<boolean> {
    let replaced = false;
    await this.#work(async () => {
      const restored = await this.#api.restore(strings.restoreTitle);
      replaced = restored !== null;
      return restored ? strings.restored(restored.contents.messages, restored.aside) : '';
    });
    return replaced;
  }

  #prefer(preferences: Preferences): void {
    if (this.known) this.known = { ...this.known, preferences };
    wear(preferences);
  }

  /** Does `work`, then says what it gives and looks again at what is there. */
  async #work(work: () => Promise<string>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.notice = null;
    try {
      const text = await work();
      if (text) this.notice = { kind: 'done', text };
    } catch (error) {
      this.#failed(error);
    }
    await this.load();
    this.busy = false;
  }

  #failed(error: unknown): void {
    this.notice = { kind: 'failed', text: problemOf(error).message };
  }
}
