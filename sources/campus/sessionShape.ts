/**
 * What a session consists of.
 *
 * Activity 0 is an exposure; activity 1 an AI suggestion in two sessions of five; then blocks follow, each of them one
 * `viewed`, some `answered`, one `completed`, and in every second block a `rated` of what was viewed.
 */
/** Blocks of a session, and answers of a block: integers in these ranges, equally likely. */
export const blocksRange: readonly [number, number] = [2, 5];
export const answersPerBlockRange: readonly [number, number] = [2, 4];
export const suggestionShare = 0.4;
/** Sessions that one student can have, and activities that one can hold. */
export const sessionsMax = 2_097_152;
export const activitiesMax = 1_024;
/** The stream of the header is that of the last activity, which no session reaches. */
export const headerStep = activitiesMax - 1;

/** Activities of a session: exposure, suggestion, blocks. */
export function lengthOf(blocks: number, answersPerBlock: number, suggestion: boolean): number {
  return 1 + (suggestion ? 1 : 0) + blocks * (answersPerBlock + 2) + Math.floor(blocks / 2);
}

/** Mean well-formed events of a session: its activities, the outcome, and the feedback to a suggestion. */
export function eventsPerSession(experiments: boolean): number {
  let sum = 0;
  let cases = 0;
  for (let blocks = blocksRange[0]; blocks <= blocksRange[1]; blocks += 1) {
    for (let answers = answersPerBlockRange[0]; answers <= answersPerBlockRange[1]; answers += 1) {
      sum += lengthOf(blocks, answers, false);
      cases += 1;
    }
  }
  return sum / cases + (experiments ? 1 : -1) + 2 * suggestionShare;
}
