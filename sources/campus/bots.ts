/** Programs that answer in a student's name, as sessions of their own. */
import { programmes } from './curriculum.ts';
import type { Session } from './session.ts';
import { sessionsMax } from './sessionShape.ts';
import { programmeOf } from './students.ts';
import type { CampusWorld } from './world.ts';

/** Answers in one session of a bot: more than that and it begins another. */
const botAnswersMax = 500;

/** The sessions of all bots; their numbers count down from the last possible one, where no student gets. */
export function botSessions(world: CampusWorld): Session[] {
  const sessions: Session[] = [];
  world.plan.bots.forEach((bot) => {
    if (bot.student >= world.students) return;
    const programme = programmeOf(bot.student);
    const course = programmes[programme]!.courses[0]!;
    const answers = Math.floor((bot.toMs - bot.fromMs) / bot.everyMs);
    for (let done = 0; done < answers; done += botAnswersMax) {
      const start = Math.round(world.start + bot.fromMs + done * bot.everyMs);
      sessions.push({
        student: bot.student,
        number: sessionsMax - 1 - sessions.length,
        start,
        deliveredAt: NaN,
        course: course.name,
        skill: course.skill,
        programme,
        device: 'laptop',
        pace: 1,
        ability: Infinity,
        practice: 0,
        suggestion: false,
        heldOut: false,
        answersPerBlock: 0,
        length: Math.min(botAnswersMax, answers - done),
        experiment: -1,
        stage: -1,
        treated: false,
        botEveryMs: bot.everyMs,
        position: 0,
        time: start,
      });
    }
  });
  return sessions;
}
