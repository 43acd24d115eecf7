import type { DayOrder } from "./DayOrder";
import type { LogFormat } from "./LogFormat";
import type { Utterance } from "./Utterance";
import type { Warning } from "./Warning";
export type Log = { format: LogFormat | null, encoding: string, order: DayOrder | null, order_undecided: boolean, conversations: Record<string, number>, participants: Record<string, number>, messages: number, first: number | null, last: number | null, beginning: Array<Utterance>, warnings: Array<Warning>, warning_count: number, };
