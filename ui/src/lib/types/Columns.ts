export type Columns = { text: string | null, speaker: string | null, time: string | null, conversation: string | null, };
