import type { Excerpt } from "./Excerpt";
import type { Message } from "./Message";
export type Hit = Message & { title: string, excerpt: Array<Excerpt>, };
