/** The settings of the preview: kept for as long as the page is open. */
import type { Api } from '../api';
import type { Contents } from '../types/Contents';
import type { Preferences } from '../types/Preferences';
import type { Settings } from '../types/Settings';
import type { Theme } from '../types/Theme';

type SettingsApi = Pick<
  Api,
  | 'preferences'
  | 'choose'
  | 'settings'
  | 'startAtLogin'
  | 'setRetention'
  | 'deleteEverything'
  | 'openData'
  | 'moveData'
  | 'chooseModel'
  | 'useShippedModel'
  | 'backUp'
  | 'restore'
>;

const DATA = '/home/you/.local/share/sotto';

/** The part of the sample back end that the settings speak to. */
export function previewSettings(options: URLSearchParams, contents: () => Contents): SettingsApi {
  const card = {
    folder: '/usr/lib/Sotto/models/squeezebert',
    name: 'sotto-squeezebert-s',
    version: '0.1.0',
    licence: 'CC BY-SA 4.0',
    scores: [{ measure: 'a score, made up', value: '12.3' }],
  };
  let settings: Omit<Settings, 'contents'> = {
    preferences: {
      data: null,
      model: null,
      language: options.get('lang'),
      theme: (options.get('theme') ?? 'system') as Theme,
      text_size: Number(options.get('text') ?? 100),
      notify: true,
      tray: false,
      shortcut: null,
    },
    file: '/home/you/.config/sotto/settings.json',
    problem: null,
    version: '0.1.0',
    data: DATA,
    retention: null,
    data_fixed: false,
    model: card,
    model_fixed: false,
    at_login: false,
    shortcuts: true,
  };
  const prefer = (preferences: Preferences) => {
    settings = { ...settings, preferences };
    return preferences;
  };

  return {
    preferences: async () => settings.preferences,
    choose: async (preferences) => prefer(preferences),
    settings: async () => ({ ...settings, contents: contents() }),
    startAtLogin: async (on) => {
      settings = { ...settings, at_login: on };
    },
    setRetention: async (retention) => {
      settings = { ...settings, retention };
    },
    deleteEverything: async () => {},
    openData: async () => {},
    moveData: async () => {
      const moved = { from: settings.data, to: '/media/you/safe', left: null };
      settings = { ...settings, data: moved.to };
      return moved;
    },
    chooseModel: async () => null,
    useShippedModel: async () => card,
    backUp: async () => '/home/you/Documents/Sotto 2026-11-25.db',
    restore: async () => ({ contents: contents(), aside: `${DATA}/sotto.before-restore-2026-11-25-120000.db` }),
  };
}
