export type Step = "day" | "week" | "month";
