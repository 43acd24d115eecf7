import type { Analysis } from "./Analysis";
import type { Source } from "./Source";
export type Utterance = { speaker: string, time: number, text: string, source: Source, analysis?: Analysis, };
