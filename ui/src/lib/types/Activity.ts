export type Activity = { weekday: number, hour: number, count: number, };
