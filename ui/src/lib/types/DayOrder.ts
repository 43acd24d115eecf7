export type DayOrder = "day_first" | "month_first";
