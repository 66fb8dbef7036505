/** What travels between a page and the gateway; the shapes of `Contracts/Sessions`, to the letter. */

import type { Credited } from './credit';

/** Language tag → words, the original language first. */
export type Text = Readonly<Record<string, string>>;

export interface Refusal { readonly code: string; readonly sentence: Text }

export type SessionPhase = 'Scheduled' | 'Lobby' | 'Playing' | 'Paused' | 'Ended';
export type VotingRule = 'Plurality' | 'Approval' | 'Ranked';
export type TieRule = 'Draw' | 'First' | 'Last';
export type Entry = 'JoinCode' | 'SeatCode';
export type RoundState = 'Open' | 'Sealed' | 'Decided';
export type ReceiptStatus = 'Counted' | 'Stale' | 'Closed' | 'Busy';
/** What an operator may do to a show. */
export type ShowAction = 'Open' | 'Start' | 'Pause' | 'Resume' | 'Extend' | 'End' | 'GoOn' | SteerAction;
/** What an operator may do to a show that runs, apart from holding and ending it. */
export type SteerAction = 'EndWell' | 'CarryOn' | 'Close' | 'Skip' | 'Blank' | 'Unblank' | 'Tell' | 'Untell' | 'Override' | 'Rerun';
/** What an operator may do to a seat. */
export type SeatAction = 'Kick' | 'Ban' | 'Unban' | 'Free';
/** What an operator may do about what viewers say and feel; the first two with a seat. */
export type HouseAction = MuteAction | SwitchAction;
export type MuteAction = 'Mute' | 'Unmute';
export type SwitchAction = 'RemarksOn' | 'RemarksOff' | 'FeelingsOn' | 'FeelingsOff' | 'TurnsOn' | 'TurnsAuto' | 'TurnsOff';
export type OperatorAction = ShowAction | SeatAction | HouseAction;

export const feelings = ['Joy', 'Warmth', 'Suspense', 'Fear', 'Sadness', 'Anger', 'Surprise', 'Boredom'] as const;
export type Feeling = (typeof feelings)[number];

export interface FilmRef { readonly slug: string; readonly hash: string }

export interface FilmCard {
  readonly film: FilmRef;
  readonly title: Text;
  readonly logline: Text;
  readonly rating: string;
  readonly languages: readonly string[];
  readonly shortestMinutes: number;
  readonly longestMinutes: number;
  /** The ratings at which it can be told, the mildest first, and for how long at most; only where sessions are created. */
  readonly cuts?: readonly FilmCut[];
}

export interface FilmCut { readonly rating: string; readonly longestMinutes: number }

export interface StageTerms {
  readonly language: string;
  readonly wallLanguages: readonly string[];
  readonly capacity: number;
  readonly rule: VotingRule;
  readonly windowSeconds: number;
  readonly cardSeconds: number;
  readonly runningSeconds: number;
  readonly joinCode: string;
  /** Whether counts stay hidden while a round is open. */
  readonly hideTally: boolean;
  /** Most votes that a losing streak adds to a ballot, 0–3; 0: minority protection is off. */
  readonly protection: number;
  readonly entry: Entry;
  readonly rehearsal?: boolean;
  /** When the show is to begin, UTC milliseconds. */
  readonly scheduledMs?: number;
  /** The highest age rating that may be told; absent: the whole film. */
  readonly rating?: string;
}

export type Typeface = 'Serif' | 'Sans' | 'Mono' | 'Hand' | 'Poster';
export type Ambience =
  | 'Rain' | 'Wind' | 'Sea' | 'Drip' | 'Fire' | 'Engine' | 'Hum' | 'Static' | 'Clock' | 'Projector' | 'Train' | 'Traffic' | 'Crowd' | 'Crickets'
  | 'Birds' | 'Bell' | 'Drone';

export interface StageLine {
  readonly n: number;
  readonly speaker: Text | null;
  readonly words: Text;
  readonly atMs: number;
  readonly forMs: number;
}

export interface StageBeat {
  readonly ordinal: number;
  readonly act: Text;
  readonly place: Text;
  readonly palette: readonly string[];
  readonly moment: Text;
  readonly tension: number;
  readonly writer: string;
  readonly lines: readonly StageLine[];
  readonly lineCount: number;
  readonly ends: boolean;
  readonly placeId: string;
  readonly type: Typeface;
  /** At most four layers. */
  readonly ambience: readonly Ambience[];
  /** Paths on this server. */
  readonly still: string | null;
  readonly audio: string | null;
  /** Why the story goes on like this. */
  readonly reason: Text | null;
}

/** What minority protection did: seats that carried more, the votes that were added, and who would have won without. */
export interface Protected { readonly seats: number; readonly extra: number; readonly otherwise: number }

/** One count of a run-off; `out` leaves after it, null in the last. */
export interface RunoffCount { readonly counts: readonly number[]; readonly out: number | null }

export interface StageDecision {
  readonly winner: number;
  readonly counts: readonly number[];
  readonly voters: number;
  readonly tied: readonly number[];
  readonly reason: Text;
  readonly cardEndsMs: number;
  readonly abstained: number;
  readonly protected: Protected | null;
  /** Empty when one count was enough. */
  readonly runoff: readonly RunoffCount[];
  /** Why the story goes on as it will; null while nothing is planned. */
  readonly then: Text | null;
  readonly overruled?: Overruled | null;
}

/** The house did not let a decision stand; `taken` null: the round was held again. */
export interface Overruled { readonly taken: number | null; readonly reason: string }

/** The number of the lobby's light vote: a round like any other, but nothing follows from it. */
export const warmUpRound = -1;

export interface StageRound {
  readonly round: number;
  readonly state: RoundState;
  readonly question: Text;
  readonly options: readonly Text[];
  readonly rule: VotingRule;
  readonly openedMs: number;
  readonly deadlineMs: number;
  readonly decision: StageDecision | null;
  /** Why the question is asked once more, as it was typed. */
  readonly again?: string | null;
  /** The option that the audience suggested. */
  readonly turn?: StageTurn | null;
}

/** The option that the audience suggested: which, by how many seats, and whether the director worded it. */
export interface StageTurn { readonly option: number; readonly seats: number; readonly byDirector: boolean }

export interface StageChoice {
  readonly round: number;
  readonly question: Text;
  readonly options: readonly Text[];
  readonly winner: number;
  readonly counts: readonly number[];
  readonly voters: number;
  readonly abstained: number;
  /** The characters whose side each option took, by index; may be empty altogether. */
  readonly for: readonly (readonly string[])[];
  /** Where each option led or would have led, by index; null where nobody had written that. May be empty altogether. */
  readonly roads: readonly (StageRoad | null)[];
  readonly overruled?: Overruled | null;
  /** The option that the audience suggested. */
  readonly turn?: StageTurn | null;
}

/** The beginning of the beat that an option leads to. */
export interface StageRoad { readonly place: Text; readonly moment: Text; readonly speaker: Text | null; readonly words: Text }

/** What viewers read who mostly took a character's side. */
export interface StageEpilogue { readonly character: string; readonly name: Text; readonly words: Text }

export interface Stage {
  readonly seq: number;
  readonly session: string;
  readonly phase: SessionPhase;
  readonly nowMs: number;
  readonly film: FilmCard;
  readonly terms: StageTerms;
  readonly seated: number;
  readonly present: number;
  readonly endsAtMs: number | null;
  readonly beat: StageBeat | null;
  readonly round: StageRound | null;
  readonly choices: readonly StageChoice[];
  /** Whether the show holds because the wall is lost. */
  readonly wallLost: boolean;
  readonly epilogues: readonly StageEpilogue[];
  /** Whether an operator had the story land: it ends within two beats. */
  readonly landing: boolean;
  /** Whether the walls show nothing. */
  readonly dark: boolean;
  /** What the house tells everyone, in the language it was typed in. */
  readonly notice: string | null;
  /** The remark on the wall; on phones without its words. */
  readonly remark?: StageRemark | null;
  /** Whether viewers may write remarks. */
  readonly remarksOn?: boolean;
  /** Whether no feelings are taken. */
  readonly feelingsOff?: boolean;
  /** Whether viewers may suggest turns tonight. */
  readonly turnsOn?: boolean;
  /** Whether what many seats ask for alike needs no person's yes. */
  readonly turnsAuto?: boolean;
  /** Whether a turn may be suggested at this moment. */
  readonly turnsOpen?: boolean;
}

/** What became of a suggestion: its id, or why not; `againMs` says when the next may follow. */
/** A seat's newest suggestion for the present beat. */
export interface OwnSuggestion { readonly id: string; readonly words: string; readonly standing: 'Waiting' | 'OnWall' | 'NotTaken'; readonly others: number; readonly option: number | null }

export type SuggestionVerdict = 'Approve' | 'Reject' | 'Withdraw';
export type TurnStanding = 'Waiting' | 'Approved' | 'Chosen' | 'Offered' | 'Rejected';
/** Suggestions that are alike; `leads` is null where no scene of the film is like them. */
export interface TurnGroup {
  readonly id: string;
  readonly words: string;
  readonly byDirector: boolean;
  readonly seats: number;
  readonly atMs: number;
  readonly standing: TurnStanding;
  readonly isOption: boolean;
  readonly leads: StageRoad | null;
  readonly said: readonly { readonly seat: number; readonly words: string }[];
}
export interface TurnQueue { readonly beat: number; readonly open: boolean; readonly waiting: number; readonly groups: readonly TurnGroup[] }

export interface StageRemark { readonly id: string; readonly words: string | null; readonly atMs: number; readonly untilMs: number }

/** What became of a remark: its id, or why not; `againMs` says when the next may follow. */
/** Of a remark or a suggestion: its id, or why it was not taken; and when the next may be sent. */
export interface LineTaken { readonly id: string | null; readonly againMs: number; readonly refusal: Refusal | null }

export type RemarkStanding = 'Waiting' | 'Approved' | 'Shown';
export type RemarkVerdict = 'Approve' | 'Reject' | 'Withdraw';
export interface HeldRemark { readonly id: string; readonly seat: number; readonly words: string; readonly atMs: number; readonly standing: RemarkStanding }
/** The one on the wall, the approved, and the oldest of those that wait. */
export interface RemarkQueue { readonly waiting: number; readonly approved: number; readonly remarks: readonly HeldRemark[] }

export interface FeelingSums { readonly contributors: number; readonly sums: readonly number[] }

export interface Tally {
  readonly seq: number;
  readonly round: number;
  readonly counts: readonly number[];
  readonly voters: number;
  readonly feelings: FeelingSums | null;
}

export interface Receipt {
  readonly status: ReceiptStatus;
  readonly round: number;
  readonly seat: number;
  readonly n: number;
  readonly choice: string;
  readonly shard: number;
  readonly version: number;
  /** The code under which the ballot stands in the record of the show; empty if none stands. */
  readonly proof: string;
}

export interface CastBallot { readonly round: number; readonly choice: readonly number[]; readonly n: number }
export interface CastAnswer { readonly receipt: Receipt | null; readonly refusal: Refusal | null }
export interface RefusalOnly { readonly refusal: Refusal | null }
export interface ClockAnswer { readonly sent: number; readonly server: number }

export interface AudienceNow {
  readonly stage: Stage;
  readonly tally: Tally | null;
  readonly receipt: Receipt | null;
  readonly seat: number;
}

export interface WallNow { readonly stage: Stage; readonly tally: Tally | null; readonly test?: TestPicture | null }

export type JournalState = 'Well' | 'Busy' | 'Failing';

/** How the journal of the process that answers does. */
export interface JournalHealth {
  readonly state: JournalState;
  readonly kind: string | null;
  readonly sentence: Text | null;
  readonly sinceMs: number;
  readonly queueDepth: number;
  readonly batchSize: number;
}

export interface SessionHealth {
  readonly deadAirMs: number;
  readonly preparedOptions: number;
  readonly fallbacks: number;
  readonly wallSeenMs: number;
  readonly walls: number;
  /** Since when the show has no wall, UTC milliseconds; 0 when it has one, or never had. */
  readonly wallLostMs: number;
  readonly withoutWall: boolean;
  readonly journal?: JournalHealth | null;
  /** Remarks that wait for a yes or a no. */
  readonly remarksWaiting?: number;
  /** Groups of suggested turns that wait for a yes or a no. */
  readonly turnsWaiting?: number;
  /** The beats that may come next; `writer` null while nobody has written it. */
  readonly coming?: readonly { readonly option: number; readonly writer: string | null }[];
  /** Who wrote the beat on the wall or due next. */
  readonly credit?: Credited | null;
  /** Tension wanted and told, and what the hall felt, a point a beat. */
  readonly curve?: readonly CurvePoint[];
}

export interface CurvePoint { readonly beat: number; readonly wanted: number; readonly told: number | null; readonly felt: number | null }

export interface GatewayHealth {
  readonly phones: number;
  readonly walls: number;
  readonly votesPerSecond: number;
  readonly ackP99Ms: number;
  readonly queued: number;
  readonly slow: number;
}

export interface ConsoleNow {
  readonly stage: Stage;
  readonly tally: Tally | null;
  readonly health: SessionHealth;
  readonly gateway: GatewayHealth;
}

export interface Operation {
  readonly session: string;
  readonly action: OperatorAction;
  readonly reason: string;
  readonly seconds: number;
  readonly shift: boolean;
  readonly seat: number;
  readonly option?: number | null;
}

export interface Joined {
  readonly ticket: string;
  readonly device: string;
  readonly session: string;
  readonly seat: number;
  readonly expiresMs: number;
}

export interface HallSession {
  readonly session: string;
  readonly joinCode: string;
  readonly createdMs: number;
  readonly phase: SessionPhase;
  readonly title: Text;
  /** The film's slug. */
  readonly film: string;
  readonly terms: StageTerms;
}

export interface Scheduled { readonly session: string; readonly joinCode: string; readonly createdMs: number }

export interface NewSession {
  readonly film: string;
  readonly minutes: number;
  readonly language: string;
  readonly wallLanguages: readonly string[];
  readonly capacity: number;
  readonly rule: VotingRule;
  readonly windowSeconds: number;
  readonly cardSeconds: number;
  readonly hideTally: boolean;
  readonly protection: number;
  readonly entry: Entry;
  readonly scheduledMs: number;
  readonly rating: string | null;
  readonly rehearsal: boolean;
  readonly viewers: number;
}

/** A test picture, before the show; it is over in another phase, and at `untilMs`. */
export interface TestPicture { readonly n: number; readonly phase: SessionPhase; readonly untilMs: number; readonly tone: boolean }

export interface WallTicket { readonly ticket: string; readonly url: string }
export interface Hall { readonly origin: string; readonly version: string; readonly languages: readonly string[] }
export interface Me { readonly name: string; readonly roles: readonly string[]; /** A password of one's own must be chosen first. */ readonly mustChange?: boolean }

export interface SeatList { readonly capacity: number; readonly taken: readonly number[]; readonly banned: readonly number[]; readonly muted?: readonly number[] }

export interface ToldLine { readonly speaker: Text | null; readonly words: Text }

/** A beat that was told. */
export interface ToldBeat {
  readonly ordinal: number;
  readonly act: Text;
  readonly place: Text;
  readonly moment: Text;
  readonly lines: readonly ToldLine[];
  readonly choice: StageChoice | null;
}

export interface BookLine { readonly choice: string; readonly weight: number; readonly count: number }
export interface RecordedBallot { readonly proof: string; readonly choice: string; readonly weight: number }

export interface RecordedRound {
  readonly choice: StageChoice;
  readonly rule: VotingRule;
  readonly ties: TieRule;
  /** 64 bits, so as digits: a number of JavaScript's would round it. */
  readonly tieSeed: string;
  readonly book: readonly BookLine[];
  readonly ballots: readonly RecordedBallot[];
}

/** The published record of a show that has ended. */
export interface ShowRecord { readonly session: string; readonly title: Text; readonly rounds: readonly RecordedRound[] }
