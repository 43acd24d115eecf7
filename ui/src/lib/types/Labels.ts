import type { Polarity } from "./Polarity";
export type Labels = { intents: Array<string>, acts: Array<string>, sentiments: Array<Polarity>, entities: Array<string>, };
