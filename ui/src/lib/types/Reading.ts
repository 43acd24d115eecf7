import type { Columns } from "./Columns";
import type { DayOrder } from "./DayOrder";
export type Reading = { order: DayOrder | null, columns: Columns | null, };
