import type { Cursor } from "./Cursor";
import type { Hit } from "./Hit";
export type Found = { hits: Array<Hit>, next: Cursor | null, total: number | null, };
