import type { Mark } from "./Mark";
import type { Polarity } from "./Polarity";
export type Correction = { intent: string | null, act: string | null, sentiment: Polarity | null, entities: Array<Mark>, };
