import type { Activity } from "./Activity";
import type { Count } from "./Count";
import type { Mood } from "./Mood";
import type { Name } from "./Name";
import type { Step } from "./Step";
export type Insight = { messages: number, tagged: number, first: number | null, last: number | null, step: Step, moods: Array<Mood>, intents: Array<Count>, acts: Array<Count>, speakers: Array<Count>, names: Array<Name>, activity: Array<Activity>, };
