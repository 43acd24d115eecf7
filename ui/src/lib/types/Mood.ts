export type Mood = { from: string, until: string, negative: number, neutral: number, positive: number, };
